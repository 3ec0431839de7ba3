// 2106-01-01. Timestamps are stored to the nanosecond, but sorted, partitioned and expired by a DateTime of 32 bits of
// seconds: a later time wraps around to 1970 and the row is thrown away as too old. The last weeks are left for the TTL.
const END_OF_TIME = 4_291_747_200_000_000_000n;

/** What is wrong with a time in Unix nanoseconds; `null` when nothing is. 0, OTLP's "unknown", is fine. */
export const timeFault = (name: string, unixNano: bigint): string | null =>
  unixNano < END_OF_TIME ? null : `${name} is after 2105`;

/** The first time that is known: OTLP writes 0 for "unknown". */
export const firstKnown = (...unixNanos: readonly bigint[]): bigint =>
  unixNanos.find((unixNano) => unixNano !== 0n) ?? 0n;
