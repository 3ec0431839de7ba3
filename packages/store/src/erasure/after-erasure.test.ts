import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { ann, emptyTables, insertRequests, only, visible } from '../__fixtures__/user-requests.js';
import { migrate } from '../migrations/migrate.js';
import { eraseSubject } from './erase-subject.js';
import { keepErasedAway } from './keep-erased-away.js';
import { sweepErased } from './sweep-erased.js';

const by = { requestedBy: 'a test' };

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());
beforeEach(() => emptyTables(test));

describe('after an erasure', () => {
  const block = [
    { user: 'ann', number: 1 },
    { user: 'bob', number: 2 },
  ];

  it('keeps a replayed block of the user out of decisions and attempts, and shows the others', async () => {
    await insertRequests(test, ...block);
    await eraseSubject(test.store, ann, by);
    await insertRequests(test, ...block);
    expect(await visible(test)).toEqual({ ...only(2), traces: ['trace-1', 'trace-2'] });
  });

  it('sweeps what came back in the raw tables', async () => {
    await insertRequests(test, ...block);
    await eraseSubject(test.store, ann, by);
    await insertRequests(test, ...block);
    expect(await sweepErased(test.store)).toEqual({
      subjects: 1,
      tables: [{ table: 'otel_traces', rows: 3 }],
    });
    expect(await visible(test)).toEqual(only(2));
    expect(await sweepErased(test.store)).toEqual({ subjects: 0, tables: [] });
  });

  it('is swept every so often', async () => {
    await insertRequests(test, ...block);
    await eraseSubject(test.store, ann, by);
    await insertRequests(test, ...block);
    const results: unknown[] = [];
    const sweeper = keepErasedAway(test.store, {
      pauseMs: 10,
      onSwept: (result) => results.push(result),
      onError: (error) => results.push(error),
    });
    await expect.poll(() => results, { timeout: 20_000 }).not.toEqual([]);
    await sweeper.stop();
    expect(results).toEqual([{ subjects: 1, tables: [{ table: 'otel_traces', rows: 3 }] }]);
    expect(await visible(test)).toEqual(only(2));
  });

  it('keeps out a span that began before and comes for the first time', async () => {
    await insertRequests(test, { user: 'ann', number: 1 });
    await eraseSubject(test.store, ann, by);
    await insertRequests(test, { user: 'ann', number: 7 });
    expect((await visible(test)).decisions).toEqual([]);
    await sweepErased(test.store);
    expect(await visible(test)).toEqual(only());
  });

  it('shows what the user does later', async () => {
    await insertRequests(test, { user: 'ann', number: 1 });
    await eraseSubject(test.store, ann, by);
    await insertRequests(test, { user: 'ann', number: 8, at: BigInt(Date.now() + 1_000) * 1_000_000n });
    expect(await visible(test)).toEqual(only(8));
    await sweepErased(test.store);
    expect(await visible(test)).toEqual(only(8));
  });

  it.each([0n, 9_223_372_036_854_775_807n])('takes spans at the end of time (%d)', async (at) => {
    await insertRequests(test, { user: 'ann', number: 1 });
    await eraseSubject(test.store, ann, by);
    await expect(
      insertRequests(test, { user: 'ann', number: 1, at }, { user: 'bob', number: 2 }),
    ).resolves.toBeUndefined();
    expect((await visible(test)).decisions).toEqual(['decision-2']);
  });

  it('keeps a replayed block of a tenant away', async () => {
    await insertRequests(test, ...block);
    await eraseSubject(test.store, { kind: 'tenant', id: 'acme' }, by);
    await insertRequests(test, ...block);
    expect((await visible(test)).decisions).toEqual([]);
    await sweepErased(test.store);
    expect(await visible(test)).toEqual(only());
  });
});
