import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { comparableRollup, expectedRollup, expectedUserRollup } from '../__fixtures__/expected-rollup.js';
import { type SampleDecision, sampleSpan } from '../__fixtures__/sample-decision.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { migrate } from '../migrations/migrate.js';
import { refreshRollups } from './refresh-rollups.js';
import type { RollupStep } from './rollup-step.js';

const STEPS: RollupStep[] = ['1m', '1h', '1d', '1w'];
const USER_STEPS = ['1h', '1d'] as const;
const HOUR = 3_600_000;
// A few hours of two weeks, at the edges of buckets, so that decisions meet.
const NOW_HOUR = Math.floor(Date.now() / HOUR) * HOUR;
const EDGES = [NOW_HOUR, NOW_HOUR - HOUR, NOW_HOUR - 8 * 24 * HOUR];

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 3 });
const oneOf = <const T>(...values: T[]) => fc.constantFrom(...values);
const tokens = orNull(fc.integer({ min: 0, max: 1_000_000 }));

/** Everything of a decision that a sender may say differently when it sends it again. */
const content = fc.record({
  user: oneOf('user-1', 'user-2'),
  servedModel: oneOf('small', 'large', null),
  selectedModel: oneOf('small', 'large', null),
  route: oneOf('code', null),
  taskType: oneOf('coding', null),
  complexity: oneOf('simple', null),
  strategy: oneOf('balanced', null),
  outcome: oneOf('succeeded', 'failed', 'cancelled'),
  errorType: oneOf('timeout', 'rate-limited', null),
  override: fc.boolean(),
  explored: fc.boolean(),
  coalesced: fc.boolean(),
  attempts: orNull(fc.integer({ min: 0, max: 3 })),
  cache: oneOf('hit-exact', 'hit-semantic', 'miss', 'bypass', null),
  tokens: fc.record({
    input: tokens,
    output: tokens,
    cache_read: tokens,
    cache_write: tokens,
    reasoning: tokens,
  }),
  costNanoUsd: orNull(fc.integer({ min: 0, max: 10_000_000_000 })),
  latencyNs: fc.oneof(
    fc.integer({ min: 0, max: 10_000 }),
    fc.integer({ min: 1_000_000, max: 60_000_000_000 }),
  ),
  timeToFirstChunkMs: orNull(fc.integer({ min: 0, max: 30_000_000 }).map((us) => us / 1000)),
  decideUs: orNull(fc.integer({ min: 0, max: 5_000_000 }).map((ns) => ns / 1000)),
  confidence: orNull(
    fc.oneof(
      oneOf(0, 0.5, 0.7, 0.9, 1),
      fc.integer({ min: 0, max: 1e6 }).map((n) => n / 1e6),
    ),
  ),
});

const time = fc
  .tuple(oneOf(...EDGES), oneOf(-1, 0, 1, 59_999, 60_000, 600_000))
  .map(([edge, offset]) => edge + offset);

type Step = 'refresh' | { sent: number[]; again: Record<number, Partial<SampleDecision>> };

/** Decisions, and how they arrive: blocks in any order, in any split, repeated, changed, with refreshes between. */
const history = fc.array(fc.tuple(time, content), { minLength: 3, maxLength: 25 }).chain((decisions) => {
  const index = fc.integer({ min: 0, max: decisions.length - 1 });
  const block = fc.record({
    sent: fc.array(index, { minLength: 1, maxLength: 15 }),
    again: fc.dictionary(index.map(String), content, { maxKeys: 2 }),
  });
  const steps = fc.array(
    fc.oneof({ weight: 3, arbitrary: block }, { weight: 1, arbitrary: oneOf('refresh') }),
    {
      minLength: 2,
      maxLength: 8,
    },
  );
  return fc.record({ decisions: fc.constant(decisions), steps: steps as fc.Arbitrary<Step[]> });
});

let runs = 0;

it('equals the aggregate over distinct decisions, however they arrive', { timeout: 180_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ decisions, steps }) => {
      const tenant = `run-${++runs}`;
      const stored = new Map<number, SampleDecision>();
      for (const step of steps) {
        if (step === 'refresh') {
          await refreshRollups(test.store);
          continue;
        }
        const block = step.sent.map((index): [number, SampleDecision] => {
          const [at, said] = decisions[index] as (typeof decisions)[number];
          return [index, { id: `${tenant}-${index}`, tenant, time: at, ...said, ...step.again[index] }];
        });
        await test.store.insert(
          'otel_traces',
          block.map(([, decision]) => sampleSpan(decision)),
        );
        for (const [index, decision] of block) stored.set(index, decision);
      }
      await refreshRollups(test.store);
      for (const step of STEPS) {
        const expected = expectedRollup(step, [...stored.values()]);
        const rows = await test.select(`SELECT * FROM rollup_${step} WHERE tenant = '${tenant}'`);
        expect(comparableRollup(rows.map(withText), expected), step).toEqual(expected);
      }
      for (const step of USER_STEPS) {
        const expected = expectedUserRollup(step, [...stored.values()]);
        const rows = await test.select(`SELECT * FROM rollup_user_${step} WHERE tenant = '${tenant}'`);
        expect(comparableRollup(rows.map(withText), expected), `users, ${step}`).toEqual(expected);
      }
    }),
    { numRuns: 15, endOnFailure: true },
  );
});

/** The row with its bucket as digits. */
function withText(row: Record<string, unknown>): Record<string, unknown> {
  return { ...row, bucket: String(row.bucket) };
}
