import { afterAll, beforeAll, expect, it } from 'vitest';
import { comparableRollup, expectedRollup } from '../__fixtures__/expected-rollup.js';
import { SAMPLE, type SampleDecision, sampleSpan } from '../__fixtures__/sample-decision.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import type { Store } from '../connection/store.js';
import { migrate } from '../migrations/migrate.js';
import { keepRollupsFresh } from './keep-rollups-fresh.js';
import { rebuildRollups } from './rebuild-rollups.js';
import { refreshRollups } from './refresh-rollups.js';
import type { RollupStep } from './rollup-step.js';

const STEPS: RollupStep[] = ['1m', '1h', '1d', '1w'];
const DAY = 86_400_000;
const NOON = Math.floor(Date.now() / DAY) * DAY - DAY / 2;

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());

/** Decisions of a tenant of their own, a minute apart. */
function decisionsOf(tenant: string, count: number, said: Partial<SampleDecision> = {}): SampleDecision[] {
  return Array.from({ length: count }, (_, i) => ({
    ...SAMPLE,
    id: `${tenant}-${i}`,
    tenant,
    time: NOON + i * 60_000,
    ...said,
  }));
}

async function send(decisions: readonly SampleDecision[]): Promise<void> {
  await test.store.insert('otel_traces', decisions.map(sampleSpan));
}

async function expectRollups(tenant: string, decisions: readonly SampleDecision[]): Promise<void> {
  for (const step of STEPS) {
    const expected = expectedRollup(step, decisions);
    const rows = await test.select(`SELECT * FROM rollup_${step} WHERE tenant = '${tenant}'`);
    const found = rows.map((row) => ({ ...row, bucket: String(row.bucket) }));
    expect(comparableRollup(found, expected), step).toEqual(expected);
  }
}

it('has nothing to do when nothing was inserted', async () => {
  expect(await refreshRollups(test.store)).toEqual({ hours: 0 });
});

it('shows within 10 s what was inserted while it runs', async () => {
  const errors: unknown[] = [];
  const refresher = keepRollupsFresh(test.store, { pauseMs: 500, onError: (error) => errors.push(error) });
  const decisions = decisionsOf('fresh', 3);
  await send(decisions);
  const requests = async () => {
    const [row] = await test.select("SELECT sum(requests) AS n FROM rollup_1w WHERE tenant = 'fresh'");
    return row?.n;
  };
  await expect.poll(requests, { timeout: 10_000 }).toBe('3');
  await refresher.stop();
  expect(errors).toEqual([]);
  await expectRollups('fresh', decisions);
});

it('goes on after a refresh that failed, and says so', async () => {
  const errors: unknown[] = [];
  let calls = 0;
  const failing: Store = {
    ...test.store,
    command: (...args) =>
      ++calls === 1 ? Promise.reject(new Error('no connection')) : test.store.command(...args),
  };
  await send(decisionsOf('after failure', 2));
  const refresher = keepRollupsFresh(failing, { pauseMs: 10, onError: (error) => errors.push(error) });
  const requests = () =>
    test.select("SELECT sum(requests) AS n FROM rollup_1w WHERE tenant = 'after failure'");
  await expect.poll(requests, { timeout: 10_000 }).toEqual([{ n: '2' }]);
  await refresher.stop();
  expect(errors).toEqual([new Error('no connection')]);
});

it.each([0, 1, 2, 3, 5, 7, 8])('does what a refresh left undone that died at statement %i', async (last) => {
  const tenant = `died at ${last}`;
  const decisions = decisionsOf(tenant, 2);
  await send(decisions);
  let statements = 0;
  const dying: Store = {
    ...test.store,
    command: (...args) =>
      statements++ === last ? Promise.reject(new Error('killed')) : test.store.command(...args),
  };
  await expect(refreshRollups(dying)).rejects.toThrow('killed');
  await refreshRollups(test.store);
  await expectRollups(tenant, decisions);
});

it('loses nothing of what is inserted while several refresh at once', async () => {
  const decisions = decisionsOf('at once', 40);
  const inserts = async () => {
    for (let i = 0; i < 40; i += 4) await send(decisions.slice(i, i + 8));
  };
  const refreshes = async () => {
    for (let i = 0; i < 3; i++) await refreshRollups(test.store);
  };
  await Promise.all([inserts(), refreshes(), refreshes()]);
  await refreshRollups(test.store);
  await expectRollups('at once', decisions);
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
  await send(decisions.slice(0, 1));
  await refreshRollups(test.store);
  // Everything until now happened in what is now the future.
  await test.store.command("INSERT INTO rollup_watermark SELECT 'rollups', now64(6) + toIntervalHour(1)");
  for (const step of STEPS) {
    await test.store.command(
      `INSERT INTO rollup_${step}_raw SELECT * REPLACE (refreshed_at + toIntervalHour(1) AS refreshed_at)
       FROM rollup_${step}_raw FINAL WHERE tenant = 'set back'`,
    );
  }
  await send(decisions);
  await refreshRollups(test.store);
  await expectRollups('set back', decisions);
});

it('leaves alone what may have expired in part', async () => {
  const time = Date.now() - 89.5 * DAY;
  await send(decisionsOf('expiring', 1, { time }));
  await refreshRollups(test.store);
  expect(await test.select("SELECT count() AS n FROM decisions WHERE tenant = 'expiring'")).toEqual([
    { n: '1' },
  ]);
  await expectRollups('expiring', []);
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
  await send(nonsense);
  await refreshRollups(test.store);
  await expectRollups('nonsense', nothing);
});

it('rebuilds what the decisions say now, and keeps nothing of what they said', async () => {
  const kept = decisionsOf('erased', 5);
  const erased = decisionsOf('erased', 5, { user: 'erased-user', route: 'secret-route' }).map((decision) => ({
    ...decision,
    id: `erased ${decision.id}`,
  }));
  await send([...kept, ...erased]);
  await refreshRollups(test.store);
  await expectRollups('erased', [...kept, ...erased]);

  await test.store.command(
    "ALTER TABLE decisions_raw DELETE WHERE user_id = 'erased-user' SETTINGS mutations_sync = 2",
  );
  const range = { from: new Date(NOON), to: new Date(NOON + 5 * 60_000) };
  await rebuildRollups(test.store, range);
  await expectRollups('erased', kept);
  for (const step of STEPS) {
    const rows = await test.select(
      `SELECT sum(requests) AS n FROM rollup_${step}_raw WHERE route = 'secret-route'`,
    );
    expect(rows, step).toEqual([{ n: '0' }]);
  }

  const content = () =>
    Promise.all(STEPS.map((step) => test.select(`SELECT * FROM rollup_${step} ORDER BY ALL`)));
  const once = await content();
  await rebuildRollups(test.store, range);
  expect(await content()).toEqual(once);
});

it.each(STEPS)('rebuilds a %s bucket that is wrong, or has no decision left', async (step) => {
  const decisions = decisionsOf(`wrong ${step}`, 2);
  await send(decisions);
  await refreshRollups(test.store);
  await test.store.command(
    `INSERT INTO rollup_${step}_raw SELECT * REPLACE (requests + 7 AS requests, 'absent' AS route)
     FROM rollup_${step}_raw FINAL WHERE tenant = 'wrong ${step}'`,
  );
  const range = { from: new Date(NOON), to: new Date(NOON + 5 * 60_000) };
  await rebuildRollups(test.store, range);
  await expectRollups(`wrong ${step}`, decisions);

  await test.store.command(
    `ALTER TABLE decisions_raw DELETE WHERE tenant = 'wrong ${step}' SETTINGS mutations_sync = 2`,
  );
  await rebuildRollups(test.store, range);
  await expectRollups(`wrong ${step}`, []);
});

it('refuses to rebuild an empty range', async () => {
  const range = { from: new Date(NOON), to: new Date(NOON) };
  await expect(rebuildRollups(test.store, range)).rejects.toThrow(RangeError);
});
