import type { Price, PriceBook, PricePeriod } from '@signalbox/spec';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { migrate } from '../migrations/migrate.js';
import { pricePeriods } from './price-period.js';
import { syncPrices } from './sync-prices.js';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());
beforeEach(() => test.store.command('TRUNCATE TABLE model_prices'));

const MODEL = { provider: 'openai', model: 'gpt-5' };
const price = (input: number, more: Partial<Price> = {}): Price => ({
  input,
  output: input * 8,
  cacheRead: null,
  cacheWrite: null,
  reasoning: null,
  ...more,
});
const period = (validFrom: string | null, known: Price | null, version = '1'): PricePeriod => ({
  validFrom: validFrom === null ? null : new Date(validFrom),
  resolved: known && { price: known, source: 'override', version },
});
const bookOf = (...timeline: PricePeriod[]): PriceBook => ({
  models: () => [MODEL],
  priceOf: () => null,
  timelineOf: () => timeline,
});
const inputAt = async (validAt: string, knownAt: string): Promise<unknown> => {
  const [row] = await test.select(
    `SELECT input FROM model_prices_at(valid_at = toDateTime64('${validAt}', 3, 'UTC'), known_at = ${knownAt})`,
  );
  return row?.input;
};
const NOW = 'now64(3)';

describe('syncPrices', () => {
  it('stores every rate and tier of a price', async () => {
    const tier = { aboveInputTokens: 200_000, ...price(2), cacheRead: 1, cacheWrite: null, reasoning: 7 };
    const known = price(1, { cacheRead: 5, tiers: [tier] });
    expect(await syncPrices(test.store, bookOf(period(null, known)))).toEqual({
      changed: [MODEL],
      unchanged: [],
      unknown: [],
    });
    expect(await test.store.query(pricePeriods, {})).toEqual([
      {
        ...MODEL,
        recordedAtMs: expect.any(Number),
        validFromMs: 0,
        input: 1,
        output: 8,
        cacheRead: 5,
        cacheWrite: null,
        reasoning: null,
        tierAbove: [200_000],
        tierInput: [2],
        tierOutput: [16],
        tierCacheRead: [1],
        tierCacheWrite: [null],
        tierReasoning: [7],
        source: 'override',
        version: '1',
      },
    ]);
  });

  it('appends only what changed', async () => {
    const first = bookOf(period(null, price(1)));
    await syncPrices(test.store, first);
    expect(await syncPrices(test.store, first)).toMatchObject({ changed: [], unchanged: [MODEL] });
    expect(await syncPrices(test.store, bookOf(period(null, price(1), '2')))).toMatchObject({ changed: [] });
    expect(await test.select('SELECT count() AS rows FROM model_prices')).toEqual([{ rows: '1' }]);
    expect(await syncPrices(test.store, bookOf(period(null, price(2))))).toMatchObject({ changed: [MODEL] });
    expect(await test.select('SELECT count() AS rows FROM model_prices')).toEqual([{ rows: '2' }]);
  });

  it('keeps what was known before beside what is known now', async () => {
    await syncPrices(test.store, bookOf(period(null, price(1)), period('2026-06-01', price(2))));
    const [{ recordedAtMs: first } = { recordedAtMs: 0 }] = await test.store.query(pricePeriods, {});
    await syncPrices(test.store, bookOf(period(null, price(3))));
    const then = `fromUnixTimestamp64Milli(${first})`;
    expect(await inputAt('2026-05-31 23:59:59.999', then)).toBe('1');
    expect(await inputAt('2026-06-01 00:00:00', then)).toBe('2');
    expect(await inputAt('2026-06-01 00:00:00', NOW)).toBe('3');
    expect(await inputAt('2026-06-01 00:00:00', `fromUnixTimestamp64Milli(${first - 1})`)).toBeUndefined();
    const asOfThen = await test.store.query(pricePeriods, { knownAt: new Date(first) });
    expect(asOfThen.map(({ input }) => input)).toEqual([1, 2]);
  });

  it('records each change later than the one before, however fast they follow', async () => {
    for (let input = 1; input <= 5; input += 1)
      await syncPrices(test.store, bookOf(period(null, price(input))));
    expect(await test.select('SELECT uniqExact(recorded_at) AS times FROM model_prices')).toEqual([
      { times: '5' },
    ]);
    expect((await test.store.query(pricePeriods, {})).map(({ input }) => input)).toEqual([5]);
  });

  it('stores an unknown price only where a known one was', async () => {
    expect(await syncPrices(test.store, bookOf(period(null, null)))).toMatchObject({
      changed: [],
      unknown: [MODEL],
    });
    await syncPrices(test.store, bookOf(period(null, price(1))));
    expect(await syncPrices(test.store, bookOf(period(null, null)))).toMatchObject({ changed: [MODEL] });
    expect(await inputAt('2026-06-01 00:00:00', NOW)).toBeNull();
    expect(await syncPrices(test.store, bookOf(period(null, null)))).toMatchObject({ unchanged: [MODEL] });
  });
});
