/** Turns the JSON value of a column into what the row holds; throws on anything else. */
export type Decoder<T> = (value: unknown) => T;

/** A decoder for each column of a row. */
export type Decoders<Row> = { readonly [Column in keyof Row]: Decoder<Row[Column]> };

/**
 * A 64-bit integer (which ClickHouse sends as digits) as a number.
 * @throws RangeError beyond 2^53, where a number would be wrong; narrow the query then.
 */
export const integer: Decoder<number> = (value) => {
  const number = Number(value);
  if ((typeof value !== 'string' && typeof value !== 'number') || !Number.isSafeInteger(number)) {
    throw new RangeError(`${String(value)} is not an integer that a number holds exactly. Narrow the query.`);
  }
  return number;
};

/** A finite floating-point number. ClickHouse sends NaN and the infinities as null: use `nullable(float)` for those. */
export const float: Decoder<number> = (value) => {
  if (typeof value !== 'number') throw new TypeError(`${String(value)} is not a number.`);
  return value;
};

export const text: Decoder<string> = (value) => {
  if (typeof value !== 'string') throw new TypeError(`${String(value)} is not text.`);
  return value;
};

export const boolean: Decoder<boolean> = (value) => {
  if (typeof value !== 'boolean') throw new TypeError(`${String(value)} is not a boolean.`);
  return value;
};

/** `null`, or what `decoder` makes of the value. */
export const nullable =
  <T>(decoder: Decoder<T>): Decoder<T | null> =>
  (value) =>
    value === null ? null : decoder(value);

/** An array whose elements go through `decoder`. */
export const arrayOf =
  <T>(decoder: Decoder<T>): Decoder<T[]> =>
  (value) => {
    if (!Array.isArray(value)) throw new TypeError(`${String(value)} is not an array.`);
    return value.map(decoder);
  };

/** A JSON object whose values are still to be decoded. */
export const record: Decoder<Record<string, unknown>> = (value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${String(value)} is not an object.`);
  }
  return value as Record<string, unknown>;
};
