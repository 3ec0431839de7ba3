import type { PriceBook, PricedModel } from '@signalbox/spec';
import type { Store } from '../connection/store.js';
import { type PricePeriodRow, pricePeriods, toPricePeriodRow } from './price-period.js';

/** What a sync did, model by model. */
export type PriceSync = {
  /** Models with new or changed prices: their periods were appended. */
  changed: PricedModel[];
  /** Models whose stored prices are those of the book. */
  unchanged: PricedModel[];
  /** Models without a price in the book, and never with one in the store: nothing is stored of them. */
  unknown: PricedModel[];
};

// ClickHouse takes parameters of 128 KiB.
const MAX_BATCH_CHARACTERS = 65_536;

type Row = Omit<PricePeriodRow, 'recordedAtMs'>;

const keyOf = ({ provider, model }: PricedModel): string => JSON.stringify([provider, model]);

// What makes a price another one. That its version alone changed does not: a new release of the catalogue would
// append every price again.
const contentOf = (rows: readonly Row[]): string => JSON.stringify(rows.map(({ version: _, ...row }) => row));

/** The tuple that `INSERT_PERIODS` reads, in the order of the columns. */
const toTuple = (row: Row): unknown[] => [
  row.provider,
  row.model,
  row.validFromMs,
  row.input,
  row.output,
  row.cacheRead,
  row.cacheWrite,
  row.reasoning,
  row.tierAbove,
  row.tierInput,
  row.tierOutput,
  row.tierCacheRead,
  row.tierCacheWrite,
  row.tierReasoning,
  row.source,
  row.version,
];

// The clock of ClickHouse tells when a price became known, but never the time of what was known before, or earlier.
const INSERT_PERIODS = `
  INSERT INTO model_prices (
    provider, model, recorded_at, valid_from, input, output, cache_read, cache_write, reasoning,
    tiers.above_input_tokens, tiers.input, tiers.output, tiers.cache_read, tiers.cache_write, tiers.reasoning,
    source, version
  )
  SELECT
    row.1, row.2, greatest(now64(3), fromUnixTimestamp64Milli({after:Int64}) + toIntervalMillisecond(1)),
    fromUnixTimestamp64Milli(row.3), row.4, row.5, row.6, row.7, row.8,
    row.9, row.10, row.11, row.12, row.13, row.14, row.15, row.16
  FROM (
    SELECT arrayJoin(JSONExtract({rows:String}, 'Array(Tuple(
      String, String, Int64,
      Nullable(UInt64), Nullable(UInt64), Nullable(UInt64), Nullable(UInt64), Nullable(UInt64),
      Array(UInt64), Array(UInt64), Array(UInt64), Array(Nullable(UInt64)), Array(Nullable(UInt64)), Array(Nullable(UInt64)),
      Nullable(String), Nullable(String)
    ))')) AS row
  )`;

/** JSON arrays of whole timelines, so that the periods of a model are recorded at one time. */
function* inBatches(timelines: readonly string[]): Generator<string> {
  let batch = '';
  for (const timeline of timelines) {
    if (batch !== '' && batch.length + timeline.length > MAX_BATCH_CHARACTERS) {
      yield `[${batch}]`;
      batch = '';
    }
    batch = batch === '' ? timeline : `${batch},${timeline}`;
  }
  if (batch !== '') yield `[${batch}]`;
}

/**
 * Appends the prices of a book to `model_prices`: for each model whose prices changed, all its periods. A model that the
 * book no longer knows a price of is recorded as unknown; models that it does not name are left alone. Doing it again
 * changes nothing. Store the schema first (`migrate`).
 */
export async function syncPrices(store: Store, book: PriceBook): Promise<PriceSync> {
  const stored = Map.groupBy(await store.query(pricePeriods, {}), keyOf);
  const sync: PriceSync = { changed: [], unchanged: [], unknown: [] };
  const timelines: string[] = [];
  let latestMs = 0;
  for (const model of book.models()) {
    const before = stored.get(keyOf(model)) ?? [];
    const timeline = book.timelineOf(model);
    const after = timeline.map((period) => toPricePeriodRow(model, period));
    latestMs = Math.max(latestMs, ...before.map(({ recordedAtMs }) => recordedAtMs));
    if (before.length === 0 && timeline.every(({ resolved }) => resolved === null)) sync.unknown.push(model);
    else if (contentOf(before.map(({ recordedAtMs: _, ...row }) => row)) === contentOf(after))
      sync.unchanged.push(model);
    else {
      sync.changed.push(model);
      timelines.push(after.map((row) => JSON.stringify(toTuple(row))).join(','));
    }
  }
  for (const rows of inBatches(timelines)) await store.command(INSERT_PERIODS, { rows, after: latestMs });
  return sync;
}
