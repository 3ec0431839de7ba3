import type { TableName } from '@signalbox/store';
import type { LogEntry, LogWriter, RecordedAnswer } from '../log/write-ahead-log.js';
import { type ReadRow, readSections } from './read-rows.js';

/** A log in memory. */
export type RecordingLog = LogWriter & {
  readonly entries: readonly LogEntry[];
  /** All rows of a table so far. */
  rows(table: TableName): readonly ReadRow[];
};

/** Takes every entry after `until` has resolved, or fails with `failure`. Recalls what it has, as a log does. */
export const createRecordingLog = ({
  until = Promise.resolve(),
  failure,
}: {
  until?: Promise<void>;
  failure?: Error;
} = {}): RecordingLog => {
  const entries: LogEntry[] = [];
  const answers = new Map<string, Promise<RecordedAnswer>>();
  return {
    entries,
    rows: (table) => entries.flatMap(({ sections }) => readSections(sections)[table] ?? []),
    recall: (bodyHash) => answers.get(Buffer.from(bodyHash).toString('hex')) ?? null,
    async append(entry) {
      entries.push(entry);
      answers.set(Buffer.from(entry.bodyHash).toString('hex'), until.then(() => entry.answer));
      await until;
      if (failure !== undefined) throw failure;
    },
  };
};
