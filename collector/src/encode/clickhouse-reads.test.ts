import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arbitraryRequest, RECEIVED_AT_MS } from '../__fixtures__/arbitrary-request.js';
import { encodeProtobuf } from '../__fixtures__/encode-protobuf.js';
import { MESSAGES } from '../__fixtures__/messages.js';
import { mutated } from '../__fixtures__/mutated.js';
import { type ReadRow, readSection } from '../__fixtures__/read-rows.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { ROW_COLUMNS } from '../rows/row-columns.js';
import type { RowSection } from '../rows/row-section.js';
import { SIGNALS, type Signal } from '../signal.js';
import { createRequestEncoder } from './create-request-encoder.js';

const REQUESTS = 1000;

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store?.stop());

const encode = createRequestEncoder();

/** The sections of many generated requests; half of the requests are damaged after they were encoded. */
const sectionsOf = (signal: Signal): RowSection[] => {
  const message = MESSAGES[signal];
  const requests = arbitraryRequest(message).map((json) => encodeProtobuf(json, message));
  const bodies = fc.sample(fc.oneof(requests, mutated(requests)), REQUESTS);
  return bodies.flatMap((body) => {
    const result = encode({ signal, encoding: 'protobuf', body, receivedAtMs: RECEIVED_AT_MS });
    return result.status === 'encoded' ? result.sections : [];
  });
};

/** RowBinary without the lengths between the rows. */
const rowBinary = ({ bytes }: RowSection): Buffer => {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rows: Buffer[] = [];
  for (let at = 0; at < all.length; at += 4 + all.readUInt32LE(at)) {
    rows.push(all.subarray(at + 4, at + 4 + all.readUInt32LE(at)));
  }
  return Buffer.concat(rows);
};

const names = (table: RowSection['table']): string =>
  ROW_COLUMNS[table].map((name) => `\`${name}\``).join(', ');

/** What ClickHouse makes of the rows, in their order: as text, exact for every type. */
const readBack = async (table: RowSection['table'], sections: readonly RowSection[]): Promise<string[]> => {
  // Memory keeps the order and replaces nothing; its columns are those of the real table.
  const copy = `read_back_${table}`;
  await store.store.command(`CREATE TABLE ${copy} AS ${table} ENGINE = Memory`);
  const body = Buffer.concat(sections.map(rowBinary));
  await store.insert(`INSERT INTO ${copy} (${names(table)}) FORMAT RowBinary`, body);
  const rows = await store.read<{ hex: string }>(
    `SELECT hex(formatRow('RowBinary', ${names(table)})) AS hex FROM ${copy}`,
  );
  return rows.map(({ hex }) => hex.toLowerCase());
};

describe.each(SIGNALS)('ClickHouse', (signal) => {
  it(`takes every row that generated and damaged ${signal} requests give, and reads the same`, async () => {
    const sections = sectionsOf(signal);
    const tables = [...new Set(sections.map(({ table }) => table))];
    expect(tables.length).toBe(signal === 'metrics' ? 5 : 1);
    for (const table of tables) {
      const own = sections.filter((section) => section.table === table);
      const sent = own.map((section) => rowBinary(section).toString('hex')).join('');
      expect((await readBack(table, own)).join('')).toBe(sent);
    }
  }, 60_000);

  it(`has the days of ${signal} in the partitions that the sections say`, async () => {
    const sections = sectionsOf(signal);
    for (const { table, day, bytes, rows } of sections.slice(0, 20)) {
      const column = signal === 'metrics' ? 'time_exact' : 'Timestamp';
      const times = readSection({ table, day, bytes, rows }).map((row: ReadRow) => row[column] as bigint);
      expect(new Set(times.map((time) => Number(time / 86_400_000_000_000n)))).toEqual(new Set([day]));
    }
  });
});
