import type { Logger } from 'pino';
import { type BufferPool, createBufferPool } from '../buffer-pool.js';
import { createSteadyClock } from '../steady-clock.js';
import { type Disk, nodeDisk } from './disk.js';
import { createFailpoint, type Failpoint } from './failpoint.js';

/** What `openLog` takes. */
export type LogOptions = {
  /** The log's own directory; made if it is not there. One process at a time. */
  readonly directory: string;
  /** What the log may take on the disk, with the dead letters. Default 8 GiB. */
  readonly maxBytes?: number;
  /**
   * How long rows stay after ClickHouse has them, in milliseconds: identical requests are recognised for so long, and blocks
   * can be inserted again. Begins anew when the log is opened; shorter when `maxBytes` is reached. Default 15 minutes.
   */
  readonly retainMs?: number;
  /** The size of a file. Default 64 MiB, and at most an eighth of `maxBytes`. */
  readonly segmentBytes?: number;
  /** How long a request waits for others to share a sync with, in milliseconds. Default 2. */
  readonly syncDelayMs?: number;
  /** Most rows in a block. Default 50,000. */
  readonly blockRows?: number;
  /** Most bytes in a block. Default 32 MiB: ClickHouse plans its views anew for each block, some 90 ms of CPU. */
  readonly blockBytes?: number;
  /** How long rows wait for their block to fill, in milliseconds. Default 1,000. */
  readonly blockAgeMs?: number;
  /**
   * Most sections of requests that are held in memory, some 200 bytes each, until a block is made of them. Beyond it blocks
   * are made before they are asked for. Default 65,536.
   */
  readonly maxWaitingRuns?: number;
  /** Most bytes that wait for the disk. Default 64 MiB. */
  readonly maxQueuedBytes?: number;
  /** Most requests whose bodies are remembered. Default 200,000. */
  readonly maxBodyHashes?: number;
  /** How often old segments are looked for and replayed dead letters are taken, in milliseconds. Default 1,000. */
  readonly maintenanceMs?: number;
  /** Where the bytes of blocks come from. Default: one that keeps nothing. */
  readonly buffers?: BufferPool;
  readonly logger: Logger;
  /** Unix milliseconds, on a clock that does not jump. Default `createSteadyClock()`. */
  readonly epochMs?: () => number;
  /** Default: the failpoint that the environment variable `SIGNALBOX_FAILPOINT` names, for tests of crashes. */
  readonly failpoint?: Failpoint;
  /** Default: the disk of this computer. */
  readonly disk?: Disk;
};

/** Options with their defaults filled in. */
export type LogSettings = Required<LogOptions>;

/** Fills in the defaults. */
export const withDefaults = (options: LogOptions): LogSettings => {
  const maxBytes = options.maxBytes ?? 8 * 1024 ** 3;
  return {
    retainMs: 15 * 60_000,
    segmentBytes: Math.min(64 * 1024 ** 2, Math.floor(maxBytes / 8)),
    syncDelayMs: 2,
    blockRows: 50_000,
    blockBytes: 32 * 1024 ** 2,
    blockAgeMs: 1000,
    maxWaitingRuns: 65_536,
    maxQueuedBytes: 64 * 1024 ** 2,
    maxBodyHashes: 200_000,
    maintenanceMs: 1000,
    buffers: createBufferPool({ maxBytes: 0 }),
    epochMs: createSteadyClock(),
    failpoint: createFailpoint(process.env.SIGNALBOX_FAILPOINT),
    disk: nodeDisk,
    ...options,
    maxBytes,
  };
};
