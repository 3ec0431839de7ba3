import fc from 'fast-check';
import type { Message, NamedField, ScalarKind } from '../otlp/field.js';

/** A message in OTLP/JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const integer = (min: bigint, max: bigint): fc.Arbitrary<Json> =>
  fc.oneof(fc.bigInt(min, max), fc.constantFrom(min, max)).chain((value) => {
    const isSafe = Number.isSafeInteger(Number(value));
    return isSafe ? fc.constantFrom<Json>(String(value), Number(value)) : fc.constant<Json>(String(value));
  });

const hex = (bytes: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((array) => Buffer.from(array).toString('hex'));

// Lone surrogates are left out: the two encodings cannot express them alike.
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'constructor', 'a.__proto__.b', '\0'));

const SCALARS: Readonly<Record<ScalarKind, fc.Arbitrary<Json>>> = {
  string: text,
  bool: fc.boolean(),
  double: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom('NaN', 'Infinity', '-Infinity'),
  ),
  int64: integer(-(2n ** 63n), 2n ** 63n - 1n),
  sfixed64: integer(-(2n ** 63n), 2n ** 63n - 1n),
  uint64: integer(0n, 2n ** 64n - 1n),
  fixed64: integer(0n, 2n ** 64n - 1n),
  uint32: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  fixed32: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  sint32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  enum: fc.oneof(fc.nat(6), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  bytes: fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  id: fc.oneof(hex(16), hex(8), hex(0), hex(3), fc.constant('00'.repeat(16))),
};

/** Any AnyValue, some levels deep. */
const anyValue: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant<Json>({}),
    SCALARS.string.map((stringValue): Json => ({ stringValue })),
    SCALARS.bool.map((boolValue): Json => ({ boolValue })),
    SCALARS.int64.map((intValue): Json => ({ intValue })),
    SCALARS.double.map((doubleValue): Json => ({ doubleValue })),
    SCALARS.bytes.map((bytesValue): Json => ({ bytesValue })),
    fc.array(tie('value'), { maxLength: 3 }).map((values): Json => ({ arrayValue: { values } })),
    fc
      .array(fc.record({ key: text, value: tie('value') }), { maxLength: 3 })
      .map((values): Json => ({ kvlistValue: { values } })),
  ),
})).value;

const arbitraryField = ({ kind, message, isRepeated }: NamedField): fc.Arbitrary<Json> => {
  const one =
    message !== null ? arbitraryMessage(message) : kind === 'anyValue' ? anyValue : SCALARS[kind as ScalarKind];
  return isRepeated ? fc.array(one, { maxLength: 3 }) : one;
};

/** Any request that its description allows, in OTLP/JSON: every field may be absent, every value extreme. */
export const arbitraryMessage = (message: Message): fc.Arbitrary<Json> => {
  const fields = [...message.byName].map(([name, field]) => [name, arbitraryField(field)]);
  return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<Json>>, { requiredKeys: [] }) as
    fc.Arbitrary<Json>;
};

/** When the requests arrive that `arbitraryRequest` makes, Unix milliseconds. */
export const RECEIVED_AT_MS = 1_763_700_123_456;

const DAY = 86_400_000_000_000n;

/** A time around the arrival, some of them too long before it and some too far ahead. */
const near = (time: Json): string =>
  String(BigInt(RECEIVED_AT_MS) * 1_000_000n - 8n * DAY + (BigInt(time as string) % (8n * DAY + DAY / 10n)));

const isObject = (json: Json): json is { readonly [key: string]: Json } =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

const pad = (id: Json | undefined, digits: number): string => {
  const hex = String(id ?? '').slice(0, digits);
  return /[1-9a-f]/.test(hex) ? hex.padStart(digits, '0') : '1'.padStart(digits, '0');
};

const repairBuckets = (fields: Record<string, Json>): void => {
  const bounds = ((fields.explicitBounds ?? []) as Json[]).map(Number).filter(Number.isFinite);
  fields.explicitBounds = [...new Set(bounds)].sort((one, other) => one - other);
  const counts = (fields.bucketCounts ?? []) as Json[];
  fields.bucketCounts = [...fields.explicitBounds, 0].map((_, index) => counts[index] ?? '1');
};

/** The same request with nothing in it for which an item would be rejected. */
const repair = (json: Json): Json => {
  if (Array.isArray(json)) return json.map(repair);
  if (!isObject(json)) return json;
  const fields: Record<string, Json> = Object.fromEntries(
    Object.entries(json).map(([key, value]) => [key, repair(value)]),
  );
  for (const [key, value] of Object.entries(fields)) {
    if (key.endsWith('UnixNano')) fields[key] = near(value);
    if (/^(kind|severityNumber|code|aggregationTemporality|scale)$/.test(key)) fields[key] = Math.abs(Number(value)) % 3;
    if (key === 'quantile') fields[key] = Number.isFinite(Number(value)) ? Math.abs(Math.sin(Number(value))) : 0.5;
    if (key === 'spans') for (const span of value as Record<string, Json>[]) repairSpan(span);
  }
  if ('asInt' in fields) delete fields.asDouble;
  if ('bucketCounts' in fields && 'count' in fields) repairBuckets(fields);
  return fields;
};

const repairSpan = (span: Record<string, Json>): void => {
  span.traceId = pad(span.traceId, 32);
  span.spanId = pad(span.spanId, 16);
  if ('parentSpanId' in span) span.parentSpanId = pad(span.parentSpanId, 16);
  for (const link of (span.links ?? []) as Record<string, Json>[]) {
    if ('traceId' in link) link.traceId = pad(link.traceId, 32);
    if ('spanId' in link) link.spanId = pad(link.spanId, 16);
  }
};

/** Any request: half of them with every item as good as OTLP asks. */
export const arbitraryRequest = (message: Message): fc.Arbitrary<Json> => {
  const any = arbitraryMessage(message);
  return fc.oneof(any, any.map(repair));
};
