import { createRequestEncoder, type Encoding, type RequestEncoderOptions } from '../encode/create-request-encoder.js';
import type { Signal } from '../signal.js';
import { RECEIVED_AT_MS } from './arbitrary-request.js';
import { type ReadRow, readSections } from './read-rows.js';

/** What became of a request that arrived at `RECEIVED_AT_MS`. Maps are objects. */
export type EncodedRows = {
  readonly rows: readonly ReadRow[];
  readonly tables: readonly string[];
  readonly rejected: number;
  readonly message: string;
};

/** Encodes a body and reads its rows. Throws where the request is refused. */
export const encodeBody = (
  signal: Signal,
  encoding: Encoding,
  body: Buffer,
  options: RequestEncoderOptions = {},
): EncodedRows => {
  const result = createRequestEncoder(options)({ signal, encoding, body, receivedAtMs: RECEIVED_AT_MS });
  if (result.status !== 'encoded') throw new Error(`${result.status}: ${result.reason}`);
  const byTable = readSections(result.sections);
  const rows = Object.values(byTable).flat().map(withObjects);
  return { rows, tables: Object.keys(byTable), rejected: result.rejected, message: result.message };
};

/** Encodes a request in OTLP/JSON. */
export const encodeJson = (signal: Signal, json: object, options: RequestEncoderOptions = {}): EncodedRows =>
  encodeBody(signal, 'json', Buffer.from(JSON.stringify(json)), options);

// Without a prototype, so that `__proto__` is a key like any other.
const toObject = (pairs: [string, string][]): object => {
  const map: Record<string, string> = Object.create(null);
  for (const [key, value] of pairs) map[key] = value;
  return map;
};

const withObjects = (row: ReadRow): ReadRow =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (!column.endsWith('Attributes')) return [column, value];
      return [column, column.includes('.') ? (value as [string, string][][]).map(toObject) : toObject(value as never)];
    }),
  );
