import { DecodeError } from './decode-error.js';
import type { ScalarKind } from './field.js';

/** How each scalar is read from OTLP/JSON. Throws DecodeError. */
export const JSON_SCALARS: Readonly<Record<ScalarKind, (json: unknown) => unknown>> = {
  // A lone surrogate cannot be stored as UTF-8: it becomes U+FFFD here, as invalid bytes do in protobuf.
  string: (json) => expectString(json).toWellFormed(),
  id: (json) => expectString(json).toLowerCase(),
  bytes: (json) => readBase64(expectString(json)),
  bool: (json) => {
    if (typeof json !== 'boolean') throw unexpected('true or false', json);
    return json;
  },
  double: (json) => readDouble(json),
  enum: (json) => {
    if (typeof json !== 'number') throw unexpected('an integer', json);
    return Number(readInteger(json, 'enum', -(2n ** 31n), 2n ** 31n - 1n));
  },
  sint32: (json) => Number(readInteger(json, 'int32', -(2n ** 31n), 2n ** 31n - 1n)),
  uint32: (json) => Number(readInteger(json, 'uint32', 0n, 2n ** 32n - 1n)),
  fixed32: (json) => Number(readInteger(json, 'uint32', 0n, 2n ** 32n - 1n)),
  int64: (json) => readInteger(json, 'int64', -(2n ** 63n), 2n ** 63n - 1n),
  sfixed64: (json) => readInteger(json, 'int64', -(2n ** 63n), 2n ** 63n - 1n),
  uint64: (json) => readInteger(json, 'uint64', 0n, 2n ** 64n - 1n),
  fixed64: (json) => readInteger(json, 'uint64', 0n, 2n ** 64n - 1n),
};

/** Names a JSON value in an error, cut to a readable length. */
export const describeJson = (json: unknown): string => {
  if (Array.isArray(json)) return 'an array';
  if (typeof json === 'object' && json !== null) return 'an object';
  const text = typeof json === 'string' ? JSON.stringify(json.slice(0, MAX_SHOWN)) : String(json);
  return text.slice(0, MAX_SHOWN);
};

const MAX_SHOWN = 40;

// Longer text cannot be a 64-bit integer, and BigInt takes quadratic time.
const INTEGER = /^-?\d{1,64}$/;
const NUMBER = /^-?\d{1,400}(\.\d{1,400})?([eE][-+]?\d{1,4})?$/;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

const unexpected = (expected: string, json: unknown): DecodeError =>
  new DecodeError('malformed', `expected ${expected}, found ${describeJson(json)}`);

const expectString = (json: unknown): string => {
  if (typeof json !== 'string') throw unexpected('a string', json);
  return json;
};

const readInteger = (json: unknown, type: string, least: bigint, greatest: bigint): bigint => {
  const value = toBigInt(json);
  if (value === null) throw unexpected('an integer', json);
  if (value < least || value > greatest) {
    throw new DecodeError('out-of-range', `${describeJson(json)} does not fit ${type}`);
  }
  return value;
};

const toBigInt = (json: unknown): bigint | null => {
  if (typeof json === 'bigint') return json;
  if (typeof json === 'number') return Number.isInteger(json) ? BigInt(json) : null;
  return typeof json === 'string' && INTEGER.test(json) ? BigInt(json) : null;
};

const readDouble = (json: unknown): number => {
  if (typeof json === 'number') return json;
  if (typeof json === 'bigint') return Number(json);
  if (json === 'NaN' || json === 'Infinity' || json === '-Infinity') return Number(json);
  if (typeof json === 'string' && NUMBER.test(json)) return Number(json);
  throw unexpected('a number', json);
};

const readBase64 = (text: string): Uint8Array => {
  // Buffer skips what is not base64: refuse it instead.
  if (!BASE64.test(text)) throw unexpected('base64', text);
  return Buffer.from(text, 'base64');
};
