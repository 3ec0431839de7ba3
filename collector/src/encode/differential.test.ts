import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryRequest, type Json, RECEIVED_AT_MS } from '../__fixtures__/arbitrary-request.js';
import { encodeProtobuf } from '../__fixtures__/encode-protobuf.js';
import { expectedRows } from '../__fixtures__/expected-rows.js';
import { MESSAGES } from '../__fixtures__/messages.js';
import { readSections } from '../__fixtures__/read-rows.js';
import { SIGNALS, type Signal } from '../signal.js';
import { createRequestEncoder, type Encoding } from './create-request-encoder.js';

const encode = createRequestEncoder({ redactedAttributes: [] });

const encoded = (signal: Signal, encoding: Encoding, body: Buffer) => {
  const result = encode({ signal, encoding, body, receivedAtMs: RECEIVED_AT_MS });
  if (result.status !== 'encoded') throw new Error(result.reason);
  return result;
};

/** The rows by table, in the order in which they came; sections of one table are in the order of their first row. */
const rowsOf = (sections: Parameters<typeof readSections>[0]) =>
  Object.fromEntries(Object.entries(readSections(sections)).map(([table, rows]) => [table, sorted(rows)]));

const sorted = (rows: readonly object[]): string[] => rows.map(toText).sort();

const toText = (row: object): string =>
  JSON.stringify(
    Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1)),
    (_, value) => {
      if (typeof value === 'bigint' || Object.is(value, -0))
        return `${typeof value} ${value < 0 ? '' : '+'}${value}`;
      return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
    },
  );

const expected = (signal: Signal, json: Json) => {
  const all = expectedRows(signal, json as object, RECEIVED_AT_MS);
  const rows = all.filter((each) => 'row' in each);
  const tables = Object.groupBy(rows, ({ table }) => table);
  return {
    rows: Object.fromEntries(
      Object.entries(tables).map(([table, list = []]) => [table, sorted(list.map(({ row }) => row))]),
    ),
    faults: all.flatMap((each) => ('fault' in each ? [each.fault] : [])),
  };
};

describe.each(SIGNALS)('a %s request', (signal) => {
  const message = MESSAGES[signal];

  it('gives the rows that OTLP asks for, the same bytes from both encodings', () => {
    let rows = 0;
    fc.assert(
      fc.property(arbitraryRequest(message), (json) => {
        const fromProtobuf = encoded(signal, 'protobuf', encodeProtobuf(json, message));
        const fromJson = encoded(signal, 'json', Buffer.from(JSON.stringify(json)));
        expect(fromJson).toEqual(fromProtobuf);
        const { rows: wanted, faults } = expected(signal, json);
        expect(rowsOf(fromProtobuf.sections)).toEqual(wanted);
        expect(fromProtobuf.rejected).toBe(faults.length);
        if (new Set(faults).size <= 8)
          for (const fault of faults) expect(fromProtobuf.message).toContain(fault);
        rows += fromProtobuf.items;
      }),
      { numRuns: 700 },
    );
    expect(rows).toBeGreaterThan(300);
  }, 60_000);
});
