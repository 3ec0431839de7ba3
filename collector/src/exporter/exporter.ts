import type { Refusal } from '../refusal.js';
import type { Batch } from '../rows/batch.js';

/** Whether a batch is stored. `detail` is for the log: it may name hosts, but never holds telemetry. */
export type ExportResult = { readonly status: 'succeeded' } | (Refusal & { readonly detail: string });

/**
 * Where batches go. The seam between receiving and storing: a write-ahead log can stand in front of ClickHouse by
 * implementing this.
 */
export interface Exporter {
  /**
   * Stores a batch. Resolves when every row is where the sender may forget it, or to the reason why not; after a failure
   * some rows may be stored. `signal` ends the wait of a batch that has not begun. Must not reject.
   */
  export(batch: Batch, options?: { signal?: AbortSignal }): Promise<ExportResult>;
  /** Resolves to `null` when a batch would be stored now, otherwise to the reason why not. Must not reject. */
  checkReady(): Promise<string | null>;
}
