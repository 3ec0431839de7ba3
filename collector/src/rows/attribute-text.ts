import type { AnyValue } from '../otlp/any-value.js';

/**
 * The text of an attribute value or log body, as the ClickHouse exporter of the OpenTelemetry Collector writes it:
 * strings as they are, integers in decimal, booleans `true` and `false`, bytes as base64, arrays and maps as JSON with
 * sorted keys, an empty value as ''. NaN and the infinities are `NaN`, `Infinity` and `-Infinity`.
 */
export const toAttributeText = (value: AnyValue): string => {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'object') return value instanceof Uint8Array ? toBase64(value) : toJson(value);
  return Object.is(value, -0) ? '-0' : String(value);
};

// JSON.stringify knows neither bigint nor Map. The depth of a value is bounded by the decoders.
const toJson = (value: AnyValue): string => {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return `"${value}"`;
  if (typeof value !== 'object') return toAttributeText(value);
  if (value instanceof Uint8Array) return `"${toBase64(value)}"`;
  if (value instanceof Map) return toJsonObject(value);
  return `[${(value as readonly AnyValue[]).map(toJson).join(',')}]`;
};

const toJsonObject = (entries: ReadonlyMap<string, AnyValue>): string => {
  const keys = [...entries.keys()].sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${toJson(entries.get(key) ?? null)}`).join(',')}}`;
};

const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
