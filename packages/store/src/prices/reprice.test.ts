import type { Price, PriceBook } from '@signalbox/spec';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_NANO, request } from '../__fixtures__/priced-request.js';
import { NOW_NANO } from '../__fixtures__/spans.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { migrate } from '../migrations/migrate.js';
import { refreshRollups } from '../rollups/refresh-rollups.js';
import type { TraceRow } from '../rows/trace-row.js';
import { reprice } from './reprice.js';
import { syncPrices } from './sync-prices.js';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());
beforeEach(async () => {
  for (const table of ['otel_traces', 'decisions_raw', 'attempts_raw', 'model_prices', 'price_audits_raw'])
    await test.store.command(`TRUNCATE TABLE ${table}`);
});

const SINCE = new Date(Number(NOW_NANO / 1_000_000n) - 5 * 86_400_000);
const run = (more: Partial<Parameters<typeof reprice>[1]> = {}) =>
  reprice(test.store, { since: SINCE, actor: 'ada', ...more });

const price = (input: number, more: Partial<Price> = {}): Price => ({
  input,
  output: 0,
  cacheRead: null,
  cacheWrite: null,
  reasoning: null,
  ...more,
});

/** A book of one price for `gpt-5` since ever, or from some hours ago on. */
const sync = async (known: Price, version = 'v1', model = 'gpt-5'): Promise<void> => {
  const book: PriceBook = {
    models: () => [{ provider: 'openai', model }],
    priceOf: () => null,
    timelineOf: () => [{ validFrom: null, resolved: { price: known, source: 'override', version } }],
  };
  await syncPrices(test.store, book);
};

const costs = async (): Promise<Record<string, unknown>> => {
  const rows = await test.select(
    'SELECT decision_id, cost_nano_usd, cost_source, price_version FROM decisions ORDER BY decision_id',
  );
  return Object.fromEntries(
    rows.map(({ decision_id, cost_nano_usd, cost_source, price_version }) => [
      String(decision_id),
      [cost_nano_usd, cost_source, price_version],
    ]),
  );
};

describe('reprice', () => {
  it('writes the cost by the price, its source and version to attempts and decisions', async () => {
    await test.store.insert('otel_traces', request('a', [{ cost: 1 }, { cost: 2 }], { cost: 3 }));
    await sync(price(1_000_000_000, { output: 2_000_000_000 }));
    expect(await run()).toMatchObject({
      decisions: 1,
      attempts: 2,
      costBefore: 3n,
      costAfter: 2_400_000n,
      costWasUnknown: 0,
      priceVersions: ['v1'],
    });
    expect(await costs()).toEqual({ a: ['2400000', 'override', 'v1'] });
    expect(await test.select('SELECT cost_nano_usd, cost_source, price_version FROM attempts')).toEqual(
      Array(2).fill({ cost_nano_usd: '1200000', cost_source: 'override', price_version: 'v1' }),
    );
  });

  it('stays when the old spans are inserted again, and the parts are merged', async () => {
    const spans = request('a', [{}]);
    await test.store.insert('otel_traces', spans);
    await sync(price(1_000_000));
    await run();
    await test.store.insert('otel_traces', spans);
    expect(await costs()).toEqual({ a: ['1000', 'override', 'v1'] });
    await test.store.command('OPTIMIZE TABLE decisions_raw FINAL');
    await test.store.command('OPTIMIZE TABLE attempts_raw FINAL');
    await test.store.insert('otel_traces', spans);
    expect(await costs()).toEqual({ a: ['1000', 'override', 'v1'] });
    expect(await run()).toMatchObject({ decisions: 0, attempts: 0 });
  });

  it('is what the rollups show afterwards', async () => {
    const total = async () => {
      await refreshRollups(test.store);
      const [sums] = await test.select(
        'SELECT sum(cost_nano_usd) AS cost, sum(requests) AS requests FROM rollup_1h',
      );
      return sums;
    };
    await test.store.insert('otel_traces', [...request('a', [{}]), ...request('b', [{ model: 'gpt-x' }])]);
    expect(await total()).toEqual({ cost: '2', requests: '2' });
    await sync(price(1_000_000));
    await run();
    expect(await total()).toEqual({ cost: '1001', requests: '2' });
  });

  it('can be done again with another price, and changes nothing when done twice', async () => {
    await test.store.insert('otel_traces', request('a', [{}]));
    await sync(price(1_000_000));
    await run();
    await sync(price(3_000_000), 'v2');
    expect(await run()).toMatchObject({ decisions: 1, costBefore: 1000n, costAfter: 3000n });
    expect(await run()).toMatchObject({ decisions: 0, attempts: 0, costAfter: null });
    expect(await costs()).toEqual({ a: ['3000', 'override', 'v2'] });
  });

  it('takes the price that held when the attempt began', async () => {
    const validFrom = new Date(Number((NOW_NANO - 30n * HOUR_NANO) / 1_000_000n));
    const of = (input: number) => ({
      price: price(input),
      source: 'package' as const,
      version: String(input),
    });
    await syncPrices(test.store, {
      models: () => [{ provider: 'openai', model: 'gpt-5' }],
      priceOf: () => null,
      timelineOf: () => [
        { validFrom: null, resolved: of(2_000_000) },
        { validFrom, resolved: of(1_000_000) },
      ],
    });
    await test.store.insert('otel_traces', [
      ...request('before', [{}], { hoursAgo: 31 }),
      ...request('from', [{}], { hoursAgo: 30 }),
      ...request('after', [{}], { hoursAgo: 29 }),
    ]);
    expect(await run()).toMatchObject({ decisions: 3, priceVersions: ['1000000', '2000000'] });
    expect(await costs()).toMatchObject({
      before: ['2000', 'package', '2000000'],
      from: ['1000', 'package', '1000000'],
      after: ['1000', 'package', '1000000'],
    });
  });

  it('changes only the range and the model that it was told', async () => {
    await test.store.insert('otel_traces', [
      ...request('old', [{}], { hoursAgo: 50 }),
      ...request('other', [{ model: 'gpt-5-mini' }]),
      ...request('new', [{}]),
      ...request('both', [{ cost: 5 }, { cost: 7, model: 'gpt-5-mini' }], { cost: 12 }),
    ]);
    await sync(price(1_000_000));
    await sync(price(9_000_000), 'v9', 'gpt-5-mini');
    const since = new Date(Number((NOW_NANO - 40n * HOUR_NANO) / 1_000_000n));
    expect(await run({ since, model: 'gpt-5' })).toMatchObject({ decisions: 2, attempts: 2 });
    expect(await costs()).toEqual({
      old: ['1', 'config', '2026-11-01'],
      other: ['1', 'config', '2026-11-01'],
      new: ['1000', 'override', 'v1'],
      both: ['1007', 'mixed', 'mixed'],
    });
  });

  it('leaves a cost alone where the price or the tokens are unknown, and says for how many', async () => {
    await test.store.insert('otel_traces', [
      ...request('no-price', [{ model: 'gpt-x' }]),
      ...request('no-tokens', [{ output: null, cost: null }], { cost: null }),
      ...request('half-known', [{}, { model: 'gpt-x', cost: null }], { cost: null }),
    ]);
    await sync(price(1_000_000));
    expect(await run()).toMatchObject({ decisions: 0, attempts: 1, attemptsWithoutPrice: 2 });
    expect(await costs()).toMatchObject({
      'no-price': ['1', 'config', '2026-11-01'],
      'no-tokens': [null, null, null],
      'half-known': [null, null, null],
    });
  });

  it('prices what had no price, and does not count attempts that were refused', async () => {
    const refused = {
      cost: null,
      input: null,
      output: null,
      attributes: { 'signalbox.outcome': 'failed', 'error.type': 'rate-limit' },
    };
    await test.store.insert('otel_traces', request('a', [refused, { cost: null }], { cost: null }));
    await sync(price(1_000_000));
    expect(await run()).toMatchObject({
      decisions: 1,
      costBefore: null,
      costAfter: 1000n,
      costWasUnknown: 1,
    });
    expect(await costs()).toEqual({ a: ['1000', 'override', 'v1'] });
  });

  it('waits with a decision until all its attempts are there', async () => {
    const [route, first, second] = request('a', [{}, {}]) as [TraceRow, TraceRow, TraceRow];
    await test.store.insert('otel_traces', [route, first]);
    await sync(price(1_000_000));
    expect(await run()).toMatchObject({ decisions: 0, attempts: 1 });
    await test.store.insert('otel_traces', [second]);
    expect(await run()).toMatchObject({ decisions: 1, attempts: 1 });
    expect(await costs()).toEqual({ a: ['2000', 'override', 'v1'] });
  });

  it('completes a run that was interrupted between attempts and decisions', async () => {
    await test.store.insert('otel_traces', request('a', [{}]));
    await sync(price(1_000_000));
    const interrupted = {
      ...test.store,
      command: async (sql: string, ...rest: never[]) => {
        if (sql.includes('INSERT INTO decisions_raw')) throw new Error('the power went off');
        await test.store.command(sql, ...rest);
      },
    };
    await expect(reprice(interrupted, { since: SINCE, actor: 'ada' })).rejects.toThrow('the power went off');
    expect(await costs()).toEqual({ a: ['1', 'config', '2026-11-01'] });
    expect(await test.select('SELECT finished_at FROM price_audits')).toEqual([{ finished_at: null }]);
    expect(await run()).toMatchObject({ decisions: 1, attempts: 0 });
    expect(await costs()).toEqual({ a: ['1000', 'override', 'v1'] });
  });

  it('writes nothing in a dry run, and says the same as the run', async () => {
    await test.store.insert('otel_traces', request('a', [{}]));
    await sync(price(1_000_000));
    const dry = await run({ dryRun: true });
    expect(await costs()).toEqual({ a: ['1', 'config', '2026-11-01'] });
    expect(await test.select('SELECT count() AS rows FROM price_audits')).toEqual([{ rows: '0' }]);
    const { until: _, ...done } = await run();
    expect(done).toEqual({ ...dry, until: undefined, auditId: done.auditId });
  });

  it('leaves an audit row', async () => {
    await test.store.insert('otel_traces', request('a', [{}]));
    await sync(price(1_000_000));
    const { auditId } = await run({ model: 'openai/gpt-5' });
    expect(
      await test.select(
        'SELECT * EXCEPT (started_at, finished_at, until), finished_at >= started_at AS done FROM price_audits',
      ),
    ).toEqual([
      {
        id: auditId,
        actor: 'ada',
        since: expect.anything(),
        model: 'openai/gpt-5',
        decisions: '1',
        attempts: '1',
        cost_before_nano_usd: '1',
        cost_after_nano_usd: '1000',
        cost_was_unknown: '0',
        price_versions: ['v1'],
        done: 1,
      },
    ]);
  });
});
