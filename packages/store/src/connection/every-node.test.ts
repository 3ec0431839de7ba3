import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { quoteText } from '../access/quote-text.js';
import { commandEverywhere, insertEverywhere } from './every-node.js';
import type { Store } from './store.js';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test?.stop());

/** A store of a cluster with Keeper, which notes statements and runs none. */
function recording(): { store: Store; statements: string[] } {
  const statements: string[] = [];
  const command: Store['command'] = async (statement) => void statements.push(statement);
  return { store: { ...test.store, cluster: 'main', command }, statements };
}

it.each([
  ['decisions_raw', 'ALTER TABLE decisions_raw_local ON CLUSTER `main` DELETE WHERE 1'],
  ['erased', 'ALTER TABLE erased ON CLUSTER `main` DELETE WHERE 1'],
])('says a statement about %s to all nodes', async (table, expected) => {
  const { store, statements } = recording();
  const statement = (name: string, onCluster: string) => `ALTER TABLE ${name}${onCluster} DELETE WHERE 1`;
  await commandEverywhere(store, { table, statement }, {}, {});
  expect(statements).toEqual([expected]);
});

it('waits until every replica has what was inserted', async () => {
  const { store, statements } = recording();
  await insertEverywhere(store, { table: 'erased', statement: 'INSERT INTO erased VALUES (1)' }, {}, {});
  expect(statements).toHaveLength(2);
  const [row] = await test.select(`SELECT formatQuery(${quoteText(statements[1] ?? '')}) AS parsed`);
  expect(row?.parsed).toMatch(/^SYSTEM SYNC REPLICA ON CLUSTER main test_\w+\.erased$/);
});

it('says a statement to the one node there is', async () => {
  const { store, statements } = recording();
  const statement = (name: string, onCluster: string) => `OPTIMIZE TABLE ${name}${onCluster} FINAL`;
  await commandEverywhere({ ...store, cluster: null }, { table: 'erased', statement }, {}, {});
  expect(statements).toEqual(['OPTIMIZE TABLE erased FINAL']);
});
