const MAX_UINT64 = 18_446_744_073_709_551_615n;

/**
 * The row as JSON that ClickHouse reads back unchanged. `JSON.stringify` alone would throw on a `bigint` and turn NaN
 * and the infinities into `null`, which ClickHouse stores as 0. Only columns and their array elements are looked at:
 * the maps below them hold nothing but strings.
 * @throws RangeError for a `bigint` outside `UInt64`, the only 64-bit type of the inserted tables.
 * @throws TypeError for null and undefined, which ClickHouse would store as 0 or NaN, whatever its settings.
 */
export function encodeRow(row: object): string {
  const columns: Record<string, unknown> = Object.create(null);
  for (const [column, value] of Object.entries(row)) {
    columns[column] = Array.isArray(value)
      ? value.map((element) => encodeValue(column, element))
      : encodeValue(column, value);
  }
  return JSON.stringify(columns);
}

function encodeValue(column: string, value: unknown): unknown {
  if (value === null || value === undefined)
    throw new TypeError(`${column}: ${value} is not a value to store.`);
  if (typeof value === 'bigint') {
    if (value < 0n || value > MAX_UINT64) throw new RangeError(`${column}: ${value} is not a UInt64.`);
    return value.toString();
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    // ClickHouse reads these words, quoted, into a Float64, and refuses them for an integer column.
    return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  }
  return value;
}
