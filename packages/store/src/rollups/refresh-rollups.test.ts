import { afterAll, beforeAll, expect, it } from 'vitest';
import { decisionsOf, expectRollups, send } from '../__fixtures__/rollup-checks.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import type { Store } from '../connection/store.js';
import { migrate } from '../migrations/migrate.js';
import { refreshRollups } from './refresh-rollups.js';
import type { RollupStep } from './rollup-step.js';

const STEPS: RollupStep[] = ['1m', '1h', '1d', '1w'];
const DAY = 86_400_000;

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());

it('has nothing to do when nothing was inserted', async () => {
  expect(await refreshRollups(test.store)).toEqual({ hours: 0 });
});

it.each([0, 1, 2, 3, 5, 7, 8])('does what a refresh left undone that died at statement %i', async (last) => {
  const tenant = `died at ${last}`;
  const decisions = decisionsOf(tenant, 2);
  await send(test, decisions);
  let statements = 0;
  const dying: Store = {
    ...test.store,
    command: (...args) =>
      statements++ === last ? Promise.reject(new Error('killed')) : test.store.command(...args),
  };
  await expect(refreshRollups(dying)).rejects.toThrow('killed');
  await refreshRollups(test.store);
  await expectRollups(test, tenant, decisions);
});

it('loses nothing of what is inserted while several refresh at once', async () => {
  const decisions = decisionsOf('at once', 40);
  const inserts = async () => {
    for (let i = 0; i < 40; i += 4) await send(test, decisions.slice(i, i + 8));
  };
  const refreshes = async () => {
    for (let i = 0; i < 3; i++) await refreshRollups(test.store);
  };
  await Promise.all([inserts(), refreshes(), refreshes()]);
  await refreshRollups(test.store);
  await expectRollups(test, 'at once', decisions);
});

it.each([
  ['while the last refresh ran', 125, true],
  ['a minute before', 150, true],
  ['a quarter of an hour before', 990, true],
  ['an hour before', 3600, false],
])('finds a row whose insert began %s: %i s ago', async (_, secondsAgo, found) => {
  // As if the last refresh was two minutes ago, and the insert ended only now.
  await test.store.command("INSERT INTO rollup_watermark SELECT 'rollups', now64(6) - toIntervalMinute(2)");
  const tenant = `inserted ${secondsAgo} s ago`;
  await test.store.command(
    `INSERT INTO decisions_raw (tenant, timestamp, decision_id, received_at, inserted_at)
     SELECT {tenant:String}, now64(9) - 86400, 'd', now64(3), now64(3) - {secondsAgo:UInt32}`,
    { tenant, secondsAgo },
  );
  await refreshRollups(test.store);
  const rows = await test.select(`SELECT requests FROM rollup_1m WHERE tenant = '${tenant}'`);
  expect(rows).toEqual(found ? [{ requests: '1' }] : []);
});

it('finds new rows after the clock was set back', async () => {
  const decisions = decisionsOf('set back', 2);
  await send(test, decisions.slice(0, 1));
  await refreshRollups(test.store);
  // Everything until now happened in what is now the future.
  await test.store.command("INSERT INTO rollup_watermark SELECT 'rollups', now64(6) + toIntervalHour(1)");
  for (const step of STEPS) {
    await test.store.command(
      `INSERT INTO rollup_${step}_raw SELECT * REPLACE (refreshed_at + toIntervalHour(1) AS refreshed_at)
       FROM rollup_${step}_raw FINAL WHERE tenant = 'set back'`,
    );
  }
  await send(test, decisions);
  await refreshRollups(test.store);
  await expectRollups(test, 'set back', decisions);
});

it('leaves alone what may have expired in part', async () => {
  const time = Date.now() - 89.5 * DAY;
  await send(test, decisionsOf('expiring', 1, { time }));
  await refreshRollups(test.store);
  expect(await test.select("SELECT count() AS n FROM decisions WHERE tenant = 'expiring'")).toEqual([
    { n: '1' },
  ]);
  await expectRollups(test, 'expiring', []);
});

it('takes decisions that say nothing, or nonsense', async () => {
  const nothing = decisionsOf('nonsense', 1, {
    servedModel: null,
    selectedModel: null,
    route: null,
    taskType: null,
    complexity: null,
    strategy: null,
    cache: null,
    tokens: { input: null, output: null, cache_read: null, cache_write: null, reasoning: null },
    costNanoUsd: null,
    timeToFirstChunkMs: null,
    decideUs: null,
    confidence: null,
  });
  const nonsense = nothing.map((decision) => ({
    ...decision,
    timeToFirstChunkMs: -1,
    decideUs: 1e300,
    confidence: 2,
  }));
  await send(test, nonsense);
  await refreshRollups(test.store);
  await expectRollups(test, 'nonsense', nothing);
});
