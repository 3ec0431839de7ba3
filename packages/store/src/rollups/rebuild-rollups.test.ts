import { afterAll, beforeAll, expect, it } from 'vitest';
import { decisionsOf, expectRollups, NOON, send } from '../__fixtures__/rollup-checks.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { migrate } from '../migrations/migrate.js';
import { rebuildRollups } from './rebuild-rollups.js';
import { refreshRollups } from './refresh-rollups.js';
import type { RollupStep } from './rollup-step.js';

const STEPS: RollupStep[] = ['1m', '1h', '1d', '1w'];

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());

it('rebuilds what the decisions say now, and keeps nothing of what they said', async () => {
  const kept = decisionsOf('erased', 5);
  const erased = decisionsOf('erased', 5, { user: 'erased-user', route: 'secret-route' }).map((decision) => ({
    ...decision,
    id: `erased ${decision.id}`,
  }));
  await send(test, [...kept, ...erased]);
  await refreshRollups(test.store);
  await expectRollups(test, 'erased', [...kept, ...erased]);

  await test.store.command(
    "ALTER TABLE decisions_raw DELETE WHERE user_id = 'erased-user' SETTINGS mutations_sync = 2",
  );
  const range = { from: new Date(NOON), to: new Date(NOON + 5 * 60_000) };
  await rebuildRollups(test.store, range);
  await expectRollups(test, 'erased', kept);
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
  await send(test, decisions);
  await refreshRollups(test.store);
  await test.store.command(
    `INSERT INTO rollup_${step}_raw SELECT * REPLACE (requests + 7 AS requests, 'absent' AS route)
     FROM rollup_${step}_raw FINAL WHERE tenant = 'wrong ${step}'`,
  );
  const range = { from: new Date(NOON), to: new Date(NOON + 5 * 60_000) };
  await rebuildRollups(test.store, range);
  await expectRollups(test, `wrong ${step}`, decisions);

  await test.store.command(
    `ALTER TABLE decisions_raw DELETE WHERE tenant = 'wrong ${step}' SETTINGS mutations_sync = 2`,
  );
  await rebuildRollups(test.store, range);
  await expectRollups(test, `wrong ${step}`, []);
});

it('refuses to rebuild an empty range', async () => {
  const range = { from: new Date(NOON), to: new Date(NOON) };
  await expect(rebuildRollups(test.store, range)).rejects.toThrow(RangeError);
});
