const MAX_UNIX_NANO = 9_223_372_036_854_775_807n;
const NANOS_PER_SECOND = 1_000_000_000n;
const MAX_DATE_TIME_SECONDS = 4_294_967_295;

/**
 * A `DateTime64(9)` column: Unix seconds padded to ten digits, a point, nine digits, for example
 * `1700000000.123456789`. ClickHouse reads this form exactly, in any time zone, from 1970 to 2262. The padding matters:
 * it takes four digits for a year, and refuses a bare `0`. Made by `toDateTime64`.
 */
export type DateTime64 = string;

/** A `DateTime` column: whole Unix seconds, 0 to 4294967295 (the year 2106). Made by `toDateTime`. */
export type DateTime = number;

/**
 * The text of a Unix time in nanoseconds for a `DateTime64(9)` column. 0 (OTLP's "unknown") is 1970.
 * @throws RangeError before 1970 or after 2262-04-11, which the column cannot hold.
 */
export function toDateTime64(unixNano: bigint): DateTime64 {
  if (unixNano < 0n || unixNano > MAX_UNIX_NANO) {
    throw new RangeError(`${unixNano} is not a Unix time in nanoseconds between 1970 and 2262-04-11.`);
  }
  const digits = unixNano.toString().padStart(19, '0');
  return `${digits.slice(0, 10)}.${digits.slice(10)}`;
}

/** The whole seconds of a Unix time in nanoseconds for a `DateTime` column; times outside 1970 to 2106 saturate. */
export function toDateTime(unixNano: bigint): DateTime {
  const seconds = Number(unixNano / NANOS_PER_SECOND);
  return Math.min(Math.max(seconds, 0), MAX_DATE_TIME_SECONDS);
}
