import type { Attributes } from '@signalbox/store';

// Resource and scope attributes are one object for all rows of a request: they are measured once.
const measured = new WeakMap<Attributes, number>();

/** About how many bytes a row takes as JSON. Counts characters, so that it costs little. */
export const rowBytes = (row: object): number => {
  let bytes = 0;
  for (const [column, value] of Object.entries(row)) bytes += column.length + valueBytes(value);
  return bytes;
};

const NUMBER_BYTES = 12;
const PUNCTUATION_BYTES = 6;

const valueBytes = (value: unknown): number => {
  if (typeof value === 'string') return value.length + PUNCTUATION_BYTES;
  if (Array.isArray(value)) return value.reduce<number>((sum, element) => sum + valueBytes(element), 0);
  return typeof value === 'object' && value !== null ? attributesBytes(value as Attributes) : NUMBER_BYTES;
};

const attributesBytes = (attributes: Attributes): number => {
  const known = measured.get(attributes);
  if (known !== undefined) return known;
  let bytes = 0;
  for (const [key, value] of Object.entries(attributes))
    bytes += key.length + value.length + PUNCTUATION_BYTES;
  measured.set(attributes, bytes);
  return bytes;
};
