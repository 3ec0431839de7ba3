import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import type { NativeColumn } from './native-column.js';
import { readNative } from './read-native.js';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test?.stop());

const ask = (sql: string) => test.store.bytes({ name: 'test', sql }, {});

/** The value of a row as plain data. */
const valueAt = (column: NativeColumn, row: number): unknown => {
  switch (column.kind) {
    case 'number':
    case 'text':
      return column.values[row];
    case 'dictionary':
      return column.keys[column.indexes[row] ?? -1];
    case 'nullable':
      return column.nulls[row] === 1 ? null : valueAt(column.of, row);
    case 'tuple':
      return column.of.map((part) => valueAt(part, row));
    case 'list': {
      const from = row === 0 ? 0 : (column.ends[row - 1] ?? 0);
      return Array.from({ length: (column.ends[row] ?? 0) - from }, (_, at) => valueAt(column.of, from + at));
    }
  }
};

const rowsOf = async (sql: string): Promise<unknown[]> =>
  [...readNative(await ask(sql))].flatMap(({ rows, columns }) =>
    Array.from({ length: rows }, (_, row) => valueAt(columns.get('value') as NativeColumn, row)),
  );

describe('readNative', () => {
  it.each<[string, string, unknown[]]>([
    ['small integers', 'toUInt8(number + 254)', [254, 255]],
    ['booleans', 'number = 1', [0, 1]],
    ['integers beyond 2^32', 'toUInt64(9007199254740990 + number)', [9007199254740990, 9007199254740991]],
    ['negative integers', 'toInt64(-9007199254740991 + number)', [-9007199254740991, -9007199254740990]],
    ['floats', 'number / 3', [0, 1 / 3]],
    ['narrow floats', 'toFloat32(number + 0.5)', [0.5, 1.5]],
    ['decimals, as thousandths', 'toDecimal32(-0.25, 3) + toDecimal32(number, 3)', [-250, 750]],
    ['texts', "concat('é日', repeat('x', number * 300))", ['é日', `é日${'x'.repeat(300)}`]],
    ['dictionaries', "toLowCardinality(if(number = 0, 'a', 'b'))", ['a', 'b']],
    ['values that may be missing', 'if(number = 0, NULL, toUInt32(7))', [null, 7]],
    ['lists', 'range(toUInt32(number * 2))', [[], [0, 1]]],
    [
      'lists of lists',
      '[range(toUInt32(number)), range(toUInt32(2))]',
      [
        [[], [0, 1]],
        [[0], [0, 1]],
      ],
    ],
    ['lists of dictionaries', "if(number = 0, [], [toLowCardinality('a'), 'b', 'a'])", [[], ['a', 'b', 'a']]],
    ['empty lists of dictionaries', "CAST([], 'Array(LowCardinality(String))')", [[], []]],
    [
      'tuples',
      "('a', toLowCardinality('b'), toDecimal32(number, 3))",
      [
        ['a', 'b', 0],
        ['a', 'b', 1000],
      ],
    ],
    ['zipped lists', "if(number = 0, [], arrayZip([toLowCardinality('a')], [toUInt8(1)]))", [[], [['a', 1]]]],
    [
      'lists of values that may be missing',
      '[NULL, toInt32(number)]',
      [
        [null, 0],
        [null, 1],
      ],
    ],
  ])('reads %s', async (_, expression, expected) => {
    expect(await rowsOf(`SELECT ${expression} AS value FROM numbers(2)`)).toEqual(expected);
  });

  it('reads every block of a long result', async () => {
    const sql =
      'SELECT toLowCardinality(toString(number)) AS value FROM numbers(1000) SETTINGS max_block_size = 300';
    expect(await rowsOf(sql)).toEqual(Array.from({ length: 1000 }, (_, number) => String(number)));
  });

  it('reads nothing of no rows', async () => {
    expect(await rowsOf("SELECT toLowCardinality('a') AS value FROM numbers(0)")).toEqual([]);
  });

  it('says of a result that is cut that it is cut', async () => {
    const bytes = await ask('SELECT toUInt64(number) AS value FROM numbers(100)');
    expect(() => [...readNative(bytes.subarray(0, 200))]).toThrow(RangeError);
  });

  it('names a type that it does not read', async () => {
    await expect(rowsOf("SELECT toUUID('019a9f3e-7d10-7cc3-98c4-dc0c0c07398f') AS value")).rejects.toThrow(
      /UUID/,
    );
  });

  it('rejects with what ClickHouse answers', async () => {
    await expect(ask('SELECT nothing')).rejects.toMatchObject({ code: '47' });
  });

  it('rejects when ClickHouse fails half-way', async () => {
    const failing = ask('SELECT throwIf(number = 9999999) AS value FROM numbers(10000000)');
    await expect(failing).rejects.toMatchObject({ code: 'store-unavailable' });
  });
});
