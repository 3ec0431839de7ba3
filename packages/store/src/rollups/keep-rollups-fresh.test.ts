import { afterAll, beforeAll, expect, it } from 'vitest';
import { decisionsOf, expectRollups, send } from '../__fixtures__/rollup-checks.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import type { Store } from '../connection/store.js';
import { migrate } from '../migrations/migrate.js';
import { keepRollupsFresh } from './keep-rollups-fresh.js';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());

it('shows within 10 s what was inserted while it runs', async () => {
  const errors: unknown[] = [];
  const refresher = keepRollupsFresh(test.store, { pauseMs: 500, onError: (error) => errors.push(error) });
  const decisions = decisionsOf('fresh', 3);
  await send(test, decisions);
  const requests = async () => {
    const [row] = await test.select("SELECT sum(requests) AS n FROM rollup_1w WHERE tenant = 'fresh'");
    return row?.n;
  };
  await expect.poll(requests, { timeout: 10_000 }).toBe('3');
  await refresher.stop();
  expect(errors).toEqual([]);
  await expectRollups(test, 'fresh', decisions);
});

it('goes on after a refresh that failed, and says so', async () => {
  const errors: unknown[] = [];
  let calls = 0;
  const failing: Store = {
    ...test.store,
    command: (...args) =>
      ++calls === 1 ? Promise.reject(new Error('no connection')) : test.store.command(...args),
  };
  await send(test, decisionsOf('after failure', 2));
  const refresher = keepRollupsFresh(failing, { pauseMs: 10, onError: (error) => errors.push(error) });
  const requests = () =>
    test.select("SELECT sum(requests) AS n FROM rollup_1w WHERE tenant = 'after failure'");
  await expect.poll(requests, { timeout: 10_000 }).toEqual([{ n: '2' }]);
  await refresher.stop();
  expect(errors).toEqual([new Error('no connection')]);
});

it('tells an outage once', async () => {
  const errors: unknown[] = [];
  let calls = 0;
  const gone: Store = {
    ...test.store,
    query: () => {
      calls += 1;
      return Promise.reject(new Error('no connection'));
    },
  };
  const refresher = keepRollupsFresh(gone, { pauseMs: 1, onError: (error) => errors.push(error) });
  await expect.poll(() => calls).toBeGreaterThan(3);
  await refresher.stop();
  expect(errors).toEqual([new Error('no connection')]);
});

it('has what came last in the rollups when it has stopped', async () => {
  const errors: unknown[] = [];
  const decisions = decisionsOf('last', 2);
  await send(test, decisions.slice(0, 1));
  const refresher = keepRollupsFresh(test.store, {
    pauseMs: 3_600_000,
    onError: (error) => errors.push(error),
  });
  const requests = () => test.select("SELECT sum(requests) AS n FROM rollup_1w WHERE tenant = 'last'");
  await expect.poll(requests, { timeout: 10_000 }).toEqual([{ n: '1' }]);
  await send(test, decisions);
  await refresher.stop();
  expect(errors).toEqual([]);
  await expectRollups(test, 'last', decisions);
});

it('stops at its deadline when a refresh does not end', async () => {
  const errors: unknown[] = [];
  const stuck: Store = {
    ...test.store,
    query: (_query, _params, { signal } = {}) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
  };
  const refresher = keepRollupsFresh(stuck, { onError: (error) => errors.push(error) });
  await refresher.stop({ timeoutMs: 20 });
  expect(errors).toEqual([new Error('The last refresh of the rollups took longer than 20 ms.')]);
});
