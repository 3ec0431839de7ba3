import { setTimeout as sleep } from 'node:timers/promises';
import type { NamedQuery, Store } from '@signalbox/store';

/** What a load has become in ClickHouse. */
export type StoredSpans = {
  /** In `otel_traces`, with repeated ones. */
  rows: number;
  /** Different ones among them. */
  spans: number;
  /** Of the typed table that a view fills. */
  attempts: number;
};

const rowCount: NamedQuery<null, { rows: number }> = {
  name: 'benchRowCount',
  sql: 'SELECT count() AS rows FROM otel_traces',
  bind: () => ({}),
  decode: { rows: Number },
};

const storedSpans: NamedQuery<null, StoredSpans> = {
  name: 'benchStoredSpans',
  sql: `
    SELECT count() AS rows, uniqExact(TraceId, SpanId) AS spans, (SELECT count() FROM attempts_raw) AS attempts
    FROM otel_traces`,
  bind: () => ({}),
  decode: { rows: Number, spans: Number, attempts: Number },
};

const POLL_MS = 20;
const STALL_MS = 60_000;

/** Counts what is stored, exactly. */
export const countStoredSpans = async (store: Store): Promise<StoredSpans> => {
  const [stored] = await store.query(storedSpans, null);
  return stored ?? { rows: 0, spans: 0, attempts: 0 };
};

/** Resolves when so many rows are committed. Rejects when none is added for a minute. */
export const untilStored = async (store: Store, rows: number, signal: AbortSignal): Promise<void> => {
  let found = -1;
  let since = performance.now();
  while (found < rows) {
    const [counted] = await store.query(rowCount, null, { signal });
    const now = counted?.rows ?? 0;
    if (now !== found) since = performance.now();
    else if (performance.now() - since > STALL_MS)
      throw new Error(`ClickHouse has ${now} of ${rows} spans, and none was added for a minute.`);
    found = now;
    if (found < rows) await sleep(POLL_MS, undefined, { signal });
  }
};
