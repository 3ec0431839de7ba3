/**
 * JSON with object keys in code-unit order, so that equal content gives equal text. Arrays keep their order; fields
 * that are `undefined` are left out, as in `JSON.stringify`.
 */
export const canonicalJson = (value: unknown): string => JSON.stringify(value, sortKeys);

const sortKeys = (_key: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
};
