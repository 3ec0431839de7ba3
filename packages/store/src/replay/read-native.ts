import { ByteReader } from './byte-reader.js';
import { type NativeColumn, readColumn, readPrefix } from './native-column.js';
import { parseNativeType } from './native-type.js';

/** Some rows of a result, column by column. */
export type NativeBlock = { rows: number; columns: ReadonlyMap<string, NativeColumn> };

/**
 * The blocks of a result in ClickHouse's `Native` format: columns as they are in memory, which costs a tenth of what rows of JSON
 * cost on both sides.
 * @throws TypeError for a type that is not read, RangeError for a result that is cut.
 */
export function* readNative(bytes: Uint8Array): Generator<NativeBlock> {
  const reader = new ByteReader(bytes);
  while (!reader.done) {
    const count = reader.varint();
    const rows = reader.varint();
    const columns = new Map<string, NativeColumn>();
    for (let at = 0; at < count; at += 1) {
      const name = reader.text();
      const type = parseNativeType(reader.text());
      if (rows > 0) readPrefix(type, reader);
      columns.set(name, readColumn(type, rows, reader));
    }
    yield { rows, columns };
  }
}
