import { afterAll, beforeAll, expect, it } from 'vitest';
import { SAMPLE, sampleSpan } from '../__fixtures__/sample-decision.js';
import { startTestCluster, type TestCluster } from '../__fixtures__/start-test-cluster.js';
import { createStore } from '../connection/create-store.js';
import type { Store } from '../connection/store.js';
import { migrate } from '../migrations/migrate.js';
import { integer } from '../queries/decoders.js';
import { rebuildRollups } from '../rollups/rebuild-rollups.js';
import { eraseSubject } from './erase-subject.js';
import { exportSubject } from './export-subject.js';
import { heldRows } from './held-rows.js';
import type { Subject } from './subject.js';
import { sweepErased } from './sweep-erased.js';

const HOUR = 3_600_000;
const START = Math.floor(Date.now() / HOUR) * HOUR - 2 * HOUR;
const RANGE = { from: new Date(START), to: new Date(START + HOUR) };
const REQUESTS = 30;
const ann: Subject = { kind: 'user', id: 'ann' };

/** Every third is by ann. They are spread over the shards, by trace. */
const SPANS = Array.from({ length: REQUESTS }, (_, i) =>
  sampleSpan({ ...SAMPLE, id: `decision-${i}`, user: i % 3 === 0 ? 'ann' : 'bob', time: START + i * 1000 }),
);

let cluster: TestCluster;
let nodes: Store[];
beforeAll(async () => {
  cluster = await startTestCluster(3);
  nodes = cluster.logins.map((login) => createStore(login));
  for (const node of nodes) await migrate(node, { replicated: false });
  await first().insert('otel_traces', SPANS);
  await rebuildRollups(first(), RANGE, { nodes });
}, 120_000);
afterAll(async () => {
  await Promise.all((nodes ?? []).map((node) => node.close()));
  await cluster?.stop();
});

function first(): Store {
  const [node] = nodes;
  if (node === undefined) throw new Error('There is no node.');
  return node;
}

const count = async (node: Store, what: string): Promise<number | undefined> => {
  const sql = `SELECT toUInt64(${what}) AS n`;
  const [row] = await node.query({ name: 'count', sql, bind: () => ({}), decode: { n: integer } }, {});
  return row?.n;
};
const requests = () => count(first(), '(SELECT sum(requests) FROM rollup_1w)');

it('exports what the shards hold of a user', { timeout: 60_000 }, async () => {
  const exported = await Array.fromAsync(exportSubject(first(), ann));
  const tables = exported.map(({ table }) => table);
  expect(tables.filter((table) => table === 'decisions_raw')).toHaveLength(REQUESTS / 3);
  expect(tables.filter((table) => table === 'otel_traces')).toHaveLength(REQUESTS / 3);
  expect(JSON.stringify(exported)).not.toContain('bob');
});

it('deletes a user from every shard and counts them out of the rollups', { timeout: 120_000 }, async () => {
  expect(await requests()).toBe(REQUESTS);
  const receipt = await eraseSubject(first(), ann, { requestedBy: 'a test', nodes });
  expect(receipt?.tables).toContainEqual({ table: 'decisions_raw', rowsBefore: REQUESTS / 3, rowsAfter: 0 });
  for (const node of nodes) {
    expect(await heldRows(node, ann)).toEqual([]);
    expect(await count(node, "(SELECT count() FROM decisions_raw_local WHERE user_id = 'ann')")).toBe(0);
  }
  expect(await count(first(), '(SELECT count() FROM decisions)')).toBe((REQUESTS / 3) * 2);
  expect(await requests()).toBe((REQUESTS / 3) * 2);
  expect(await eraseSubject(first(), { kind: 'user', id: 'nobody' }, { requestedBy: 'x', nodes })).toBeNull();
});

it('keeps a replayed block away on every shard, through whichever node it comes', {
  timeout: 120_000,
}, async () => {
  for (const node of nodes) await node.insert('otel_traces', SPANS);
  expect(await count(first(), '(SELECT count() FROM decisions)')).toBe((REQUESTS / 3) * 2);
  expect(await sweepErased(first(), { nodes })).toMatchObject({ subjects: 1 });
  expect(await heldRows(first(), ann)).toEqual([]);
  expect(await sweepErased(first(), { nodes })).toEqual({ subjects: 0, tables: [] });
});
