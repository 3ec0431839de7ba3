import { hash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { LogFailedError } from '@signalbox/spec';
import type { BufferPool } from '../buffer-pool.js';
import type { Manifest, PlanHead } from './heads.js';
import type { BlockState } from './ledger.js';
import { type ReadRows, readRuns } from './read-runs.js';
import { readRecordAt } from './scan-segment.js';

/** Where the log's segments are. */
export type LogFiles = {
  readonly directory: string;
  readonly salt: number;
  /** Where the bytes of rows come from. */
  readonly buffers: BufferPool;
  /** The file of a segment; `null` when there is none. */
  pathOf(segment: number): string | null;
};

/** The manifest of a block and its rows, as the log holds them. */
export type StoredBlock = ReadRows & { readonly manifest: Manifest };

/**
 * Reads a block back. `damaged` is empty when its bytes are those that its id was made of. Rejects with LogFailedError when
 * its manifest is damaged.
 */
export const readStoredBlock = async (block: BlockState, files: LogFiles): Promise<StoredBlock> => {
  const manifest = readManifest(block, files);
  if (!manifest) {
    const reason = `the manifest of block ${block.id} in segment ${block.plan.segment} is damaged`;
    throw new LogFailedError({ directory: files.directory, reason });
  }
  const rows = await readRuns(manifest.runs, files);
  const isSame = rows.damaged.length === 0 && hash('sha256', rows.bytes) === block.sha256;
  if (isSame || rows.damaged.length > 0) return { manifest, ...rows };
  return { manifest, bytes: new Uint8Array(), intact: [], damaged: manifest.runs };
};

const readManifest = ({ plan, id }: BlockState, { salt, pathOf }: LogFiles): Manifest | null => {
  const path = pathOf(plan.segment);
  if (path === null) return null;
  const fd = openSync(path, 'r');
  try {
    const record = readRecordAt(fd, plan.offset, salt);
    const head: PlanHead | null = record && JSON.parse(record.head.toString());
    const manifest = head?.blocks[plan.index];
    return manifest?.id === id ? manifest : null;
  } finally {
    closeSync(fd);
  }
};
