/**
 * A `UInt64` column, 0 to 18446744073709551615: a `bigint`, or its decimal digits. Never a `number`, which is exact only
 * to 2^53. A `bigint` out of range is refused by `Store.insert`; digits out of range are not, and ClickHouse would wrap
 * them silently, so whoever passes digits has checked them.
 */
export type UInt64 = bigint | string;
