import type { NamedQuery } from './named-query.js';

/**
 * A JSON row of the query's result as its typed row.
 * @throws TypeError or RangeError naming the query and the column when a value is not what the query promises.
 */
export function decodeRow<Params, Row>(query: NamedQuery<Params, Row>, json: Record<string, unknown>): Row {
  const row: Partial<Row> = {};
  for (const column in query.decode) {
    try {
      row[column] = query.decode[column](json[column]);
    } catch (error) {
      const message = `${query.name}.${column}: ${error instanceof Error ? error.message : String(error)}`;
      throw error instanceof RangeError ? new RangeError(message) : new TypeError(message, { cause: error });
    }
  }
  return row as Row;
}
