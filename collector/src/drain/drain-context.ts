import type { Logger } from 'pino';
import type { Block, BlockQueue } from '../log/write-ahead-log.js';
import type { RetryPauses } from './backoff.js';
import type { DrainHealth } from './drain-health.js';
import type { DrainCounters } from './drain-stats.js';
import type { PoisonGuard } from './poison-guard.js';
import type { SendBlock } from './send-block.js';
import type { WakeablePause } from './wakeable-pause.js';

/** What the parts of one drain share. */
export type DrainContext = {
  readonly blocks: BlockQueue;
  readonly send: SendBlock;
  readonly pauses: RetryPauses;
  readonly random: () => number;
  /** Pauses after transient failures; they end when ClickHouse is there again. */
  readonly waiting: WakeablePause;
  readonly counters: DrainCounters;
  readonly health: DrainHealth;
  readonly guard: PoisonGuard;
  readonly logger: Logger;
  /** Ends the pauses. */
  readonly stopping: AbortSignal;
  /** Ends a running attempt; its outcome is then unknown. */
  readonly cutting: AbortSignal;
  readonly onCommitted: (block: Block) => void;
};
