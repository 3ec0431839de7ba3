import type { RowByTable, TableName } from '@signalbox/store';
import type { Exporter, ExportResult } from '../exporter/exporter.js';
import type { Batch } from '../rows/batch.js';

/** An exporter that keeps what it is given. */
export type RecordingExporter = Exporter & {
  readonly batches: readonly Batch[];
  /** All rows of a table so far. */
  rows<Table extends TableName>(table: Table): readonly RowByTable[Table][];
};

/** Answers every batch with `result`, after `until` has resolved; is ready unless `notReady` says why not. */
export const createRecordingExporter = ({
  result = { status: 'succeeded' },
  until = Promise.resolve(),
  notReady = null,
}: {
  result?: ExportResult;
  until?: Promise<void>;
  notReady?: string | null;
} = {}): RecordingExporter => {
  const batches: Batch[] = [];
  return {
    batches,
    rows: <Table extends TableName>(table: Table) =>
      batches.flatMap((batch) => [...((batch[table] ?? []) as readonly RowByTable[Table][])]),
    async export(batch) {
      batches.push(batch);
      await until;
      return result;
    },
    checkReady: async () => notReady,
  };
};
