// Limits of the columns. Beyond them ClickHouse refuses the block or stores another time.
const MAX_DATE_TIME64 = 9_223_372_036_854_775_807n;
const MAX_DATE_TIME = 4_294_967_295_999_999_999n;

/** What is wrong with a time for a `DateTime64(9)` column; `null` when nothing is. */
export const dateTime64Fault = (name: string, unixNano: bigint): string | null =>
  unixNano > MAX_DATE_TIME64 ? `${name} is after 2262-04-11` : null;

/** What is wrong with a time for a `DateTime` column; `null` when nothing is. */
export const dateTimeFault = (name: string, unixNano: bigint): string | null =>
  unixNano > MAX_DATE_TIME ? `${name} is after 2106-02-07` : null;

/** The first time that is known: OTLP writes 0 for "unknown". */
export const firstKnown = (...unixNanos: readonly bigint[]): bigint =>
  unixNanos.find((unixNano) => unixNano !== 0n) ?? 0n;
