import type { Store } from '@signalbox/store';
import { classifyFailure } from './classify-failure.js';
import type { Exporter, ExportResult } from './exporter.js';
import { createLimiter } from './limiter.js';
import { type Block, splitBatch } from './split-batch.js';

const READY_TIMEOUT_MS = 2_000;
const MAX_CONCURRENT_INSERTS = 4;

/** One request repeats its resource in every row: a small body can stand for very many bytes. */
const MAX_BATCH_BYTES = 512 * 1024 * 1024;

/** What `createClickHouseExporter` takes. */
export type ClickHouseExporterOptions = {
  store: Pick<Store, 'insert' | 'command'>;
  /** How long one insert may take, and how long it may wait for its turn. */
  insertTimeoutMs: number;
  /** Inserts that run at the same time; further ones wait. Default 4. */
  maxConcurrentInserts?: number;
};

/**
 * Writes batches to ClickHouse: one insert per table and block, done when all of them are readable. Rows that were
 * stored before another block failed stay; the sender repeats the request and the tables drop what they have already.
 */
export const createClickHouseExporter = ({
  store,
  insertTimeoutMs,
  maxConcurrentInserts = MAX_CONCURRENT_INSERTS,
}: ClickHouseExporterOptions): Exporter => {
  const limiter = createLimiter(maxConcurrentInserts);

  const insert = ({ table, rows }: Block, signal: AbortSignal | undefined): Promise<void> => {
    const turn = AbortSignal.timeout(insertTimeoutMs);
    return limiter.run(
      // A running insert is not aborted: its outcome would be unknown.
      () => store.insert(table, rows, { timeoutMs: insertTimeoutMs }),
      signal === undefined ? turn : AbortSignal.any([signal, turn]),
    );
  };

  return {
    async export(batch, { signal } = {}) {
      const blocks = [...splitBatch(batch)];
      const bytes = blocks.reduce((sum, block) => sum + block.bytes, 0);
      if (bytes > MAX_BATCH_BYTES) return tooLarge(bytes);
      const settled = await Promise.allSettled(blocks.map((block) => insert(block, signal)));
      const failures = settled.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
      const [worst] = failures.map(({ reason }) => classifyFailure(reason)).sort(bySeverity);
      return worst ?? { status: 'succeeded' };
    },

    async checkReady() {
      try {
        // Answers only if the login, the database and the migrations are in order. Reads nothing.
        await store.command('SELECT 1 FROM otel_traces WHERE 0', {}, { timeoutMs: READY_TIMEOUT_MS });
        return null;
      } catch (error) {
        return classifyFailure(error).detail;
      }
    },
  };
};

const tooLarge = (bytes: number): ExportResult => {
  const reason = `the request expands to about ${bytes} bytes of rows: send smaller batches`;
  return { status: 'too-large', reason, detail: reason };
};

// What the sender may repeat goes first: repeating costs nothing, giving up loses data.
const SEVERITY = ['unavailable', 'retryable', 'permanent'];

const bySeverity = (a: { status: string }, b: { status: string }): number =>
  SEVERITY.indexOf(a.status) - SEVERITY.indexOf(b.status);
