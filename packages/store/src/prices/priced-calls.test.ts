import { costNanoUsd } from '@signalbox/router';
import type { Price, PriceBook, TokenUsage } from '@signalbox/spec';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { request } from '../__fixtures__/priced-request.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { migrate } from '../migrations/migrate.js';
import { observedModels } from './observed-models.js';
import { reprice } from './reprice.js';
import { syncPrices } from './sync-prices.js';

const CASES = 2000;

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());

// Small numbers meet the edges of tiers; large ones, up to the most that a span may say, cost more than a `number` holds.
const tokens = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.integer({ min: 0, max: 2_000_000 }),
  fc.integer({ min: 5e11, max: 1e12 }),
);
// Multiples of half a nano-dollar for one token meet the edge of rounding.
const halves = fc.integer({ min: 0, max: 20 }).map((count) => count * 500_000);
const rate = fc.oneof(
  halves,
  halves,
  fc.integer({ min: 0, max: 2_000_000 }),
  fc.integer({ min: 0, max: 1e15 }),
);
const rates = {
  input: rate,
  output: rate,
  cacheRead: fc.option(rate),
  cacheWrite: fc.option(rate),
  reasoning: fc.option(rate),
};
const tier = fc.record({
  aboveInputTokens: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 2_000_000 })),
  ...rates,
});
const price: fc.Arbitrary<Price> = fc.record({
  ...rates,
  tiers: fc
    .uniqueArray(tier, { maxLength: 3, selector: ({ aboveInputTokens }) => aboveInputTokens })
    .map((tiers) => tiers.sort((a, b) => a.aboveInputTokens - b.aboveInputTokens)),
});
const usage: fc.Arbitrary<TokenUsage> = fc.record({
  input: fc.option(tokens, { freq: 20 }),
  output: fc.option(tokens, { freq: 20 }),
  cacheRead: fc.option(tokens),
  cacheWrite: fc.option(tokens),
  reasoning: fc.option(tokens),
});

const flat = (input: number): Price => ({
  input,
  output: 0,
  cacheRead: null,
  cacheWrite: null,
  reasoning: null,
});

it('costs the same in ClickHouse as in the request path, to the nano-dollar', async () => {
  const cases = fc
    .sample(fc.record({ price, usage }), { numRuns: CASES, seed: 20_261_121 })
    .map((each, index) => ({ ...each, model: `m${index}` }));
  const priceOf = new Map(cases.map((each) => [each.model, each.price]));
  const book: PriceBook = {
    models: () => cases.map(({ model }) => ({ provider: 'openai', model })),
    priceOf: () => null,
    timelineOf: ({ model }) => {
      const known = priceOf.get(model);
      return [
        { validFrom: null, resolved: known ? { price: known, source: 'override', version: '1' } : null },
      ];
    },
  };
  await syncPrices(test.store, book);
  const spans = cases.flatMap((each) =>
    request(each.model, [{ ...each.usage, model: each.model, cost: null }], { cost: null }),
  );
  await test.store.insert('otel_traces', spans);
  await reprice(test.store, { since: new Date(0), actor: 'test' });

  const rows = await test.select(
    `SELECT a.decision_id AS model, a.cost_nano_usd AS ofAttempt, d.cost_nano_usd AS ofDecision
     FROM attempts AS a INNER JOIN decisions AS d USING decision_id`,
  );
  const found = new Map(rows.map(({ model, ofAttempt, ofDecision }) => [model, [ofAttempt, ofDecision]]));
  const costs = cases.map((each) => costNanoUsd(each.usage, each.price)?.toString() ?? null);
  expect(costs.filter((cost) => cost !== null).length).toBeGreaterThan(CASES / 5);
  expect(costs.filter((cost) => cost === null).length).toBeGreaterThan(CASES / 20);
  expect(cases.map(({ model }) => found.get(model))).toEqual(costs.map((cost) => [cost, cost]));
});

it('prices the calls that other instrumentations report, as known at a time', async () => {
  await test.store.command(
    `INSERT INTO llm_calls_raw (timestamp, trace_id, span_id, provider, model, tokens_input, tokens_output, cost_nano_usd)
     VALUES (now64(9), 't', '1', 'gcp.gemini', 'gemini-x', 1000, 10, NULL), (now64(9), 't', '2', 'gcp.gemini', 'other', 1, 1, 7)`,
  );
  expect((await observedModels(test.store)).map(({ model }) => model).sort()).toEqual(['gemini-x', 'other']);
  const model = { provider: 'gcp.gemini', model: 'gemini-x' };
  const sync = (input: number, source: 'package' | 'override') =>
    syncPrices(test.store, {
      models: () => [model],
      priceOf: () => null,
      timelineOf: () => [
        { validFrom: null, resolved: { price: flat(input), source, version: String(input) } },
      ],
    });
  const costs = (knownAt: string) =>
    test.select(
      `SELECT model, cost_nano_usd, recorded_cost_nano_usd, price_version
       FROM priced_calls(known_at = ${knownAt}) WHERE kind = 'llm-call' ORDER BY model`,
    );
  const other = { model: 'other', cost_nano_usd: null, recorded_cost_nano_usd: '7', price_version: null };
  const gemini = { model: 'gemini-x', recorded_cost_nano_usd: null };

  await sync(3_000_000, 'package');
  const [{ at } = {}] = await test.select(
    `SELECT toUnixTimestamp64Milli(max(recorded_at)) AS at FROM model_prices WHERE provider = 'gcp.gemini'`,
  );
  await sync(5_000_000, 'override');
  const later = 'now64(3) + toIntervalSecond(1)';
  expect(await costs(later)).toEqual([{ ...gemini, cost_nano_usd: '5000', price_version: '5000000' }, other]);
  expect(await costs(`fromUnixTimestamp64Milli(${at})`)).toEqual([
    { ...gemini, cost_nano_usd: '3000', price_version: '3000000' },
    other,
  ]);
  // A price that somebody configured is not looked up again.
  expect(await observedModels(test.store)).toEqual([{ provider: 'gcp.gemini', model: 'other' }]);
});
