import {
  CAPABILITIES,
  type Policy,
  type RoutingRequest,
  type Snapshot,
  STRATEGY_NAMES,
  type Target,
} from '@signalbox/spec';
import fc from 'fast-check';
import type { PolicyContent } from '../compile-policy.js';
import { createRequest } from '../create-request.js';
import { buildPolicy, buildRoute, buildTarget } from './build.js';

/** Everything that a decision is made from. */
export type Scene = { request: RoutingRequest; policy: Policy; snapshot: Snapshot; seed: number };

const share = fc.double({ min: 0.05, max: 1, noNaN: true });
const usdPerMillion = fc.integer({ min: 0, max: 200_000_000_000 });
const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 4 });

const price = fc.record({
  input: usdPerMillion,
  output: usdPerMillion,
  cacheRead: nullable(usdPerMillion),
  cacheWrite: nullable(usdPerMillion),
  reasoning: nullable(usdPerMillion),
});

const latency = fc.record({
  firstChunkMs: fc.integer({ min: 1, max: 20_000 }),
  tokensPerSecond: fc.integer({ min: 1, max: 2000 }),
});

const targetFields = fc.record({
  price: nullable(price),
  contextTokens: nullable(fc.integer({ min: 500, max: 1_000_000 })),
  maxOutputTokens: nullable(fc.integer({ min: 200, max: 64_000 })),
  capabilities: fc.subarray([...CAPABILITIES], { minLength: 3 }),
  quality: nullable(share),
  latency: nullable(latency),
});

const signals = fc.record({
  firstChunkMs: nullable(fc.integer({ min: 1, max: 20_000 })),
  tokensPerSecond: nullable(fc.integer({ min: 1, max: 2000 })),
  successRate: nullable(share),
  circuit: fc.constantFrom('closed' as const, 'closed' as const, 'half-open' as const, 'open' as const),
});

const prompt = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom(
    'Write a function that parses CSV. It must handle edge cases; justify the trade-offs.',
    'Translate this into French: good morning',
    'Prove step by step that there are infinitely many prime numbers.',
    'Hello there',
  ),
);

const request = fc
  .record({
    prompt,
    strategy: nullable(fc.constantFrom(...STRATEGY_NAMES)),
    preferences: nullable(
      fc.record({
        costSensitivity: fc.double({ min: 0, max: 1, noNaN: true }),
        speedPreference: fc.double({ min: 0, max: 1, noNaN: true }),
        qualityPreference: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    ),
    conversationId: nullable(fc.constantFrom('c1', 'c2', 'c3')),
    userId: nullable(fc.constantFrom('u1', 'u2')),
    needs: fc.subarray([...CAPABILITIES], { maxLength: 1 }),
    maxOutputTokens: nullable(fc.integer({ min: 1, max: 4000 })),
    limits: fc.record({
      costNanoUsd: nullable(fc.integer({ min: 1000, max: 1_000_000_000 })),
      worstCostNanoUsd: nullable(fc.integer({ min: 1_000_000, max: 10_000_000_000 })),
      costPer1MTokensNanoUsd: nullable(fc.integer({ min: 1_000_000, max: 100_000_000_000 })),
      latencyMs: nullable(fc.integer({ min: 100, max: 60_000 })),
    }),
  })
  .map(createRequest);

/** Strategies that take the best one instead of sampling. */
const GREEDY_STRATEGIES = STRATEGY_NAMES.filter((name) => name !== 'adaptive');

const outcomes = fc.record({
  successes: fc.double({ min: 0, max: 200, noNaN: true }),
  failures: fc.double({ min: 0, max: 50, noNaN: true }),
});

const outcomesByTarget = fc
  .array(fc.tuple(fc.nat(7), outcomes), { maxLength: 6 })
  .map((entries) => Object.fromEntries(entries.map(([at, known]) => [idAt(at), known])));

const learned = fc.record(
  {
    outcomes: fc.record({
      'chat/simple': outcomesByTarget,
      'coding/moderate': outcomesByTarget,
      'translation/simple': outcomesByTarget,
    }),
    userOutcomes: outcomesByTarget,
    budgetLeftNanoUsd: fc.integer({ min: 0, max: 1_000_000_000 }),
    held: fc.nat(7).map((at) => idAt(at)),
  },
  { requiredKeys: [] },
);

const arm = fc.record({
  share: fc.integer({ min: 0, max: 50 }).map((percent) => percent / 100),
  targets: fc.array(
    fc.nat(7).map((at) => idAt(at)),
    { minLength: 1, maxLength: 3 },
  ),
  shadow: fc.boolean(),
});

/** Everything of a policy that spreads requests over targets. */
const spread = fc.record({
  strategy: fc.constantFrom(...STRATEGY_NAMES),
  exploration: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
  distribution: fc.oneof(
    fc.constant({ kind: 'greedy' } as const),
    fc.record({ kind: fc.constant('softmax' as const), temperature: fc.double({ min: 0.01, max: 1, noNaN: true }) }),
  ),
  arms: fc
    .array(arm, { maxLength: 2 })
    .map((arms) => arms.map((given, at) => ({ ...given, name: `arm-${at}` }))),
  sticky: nullable(
    fc.record({ by: fc.constantFrom('conversation' as const, 'user' as const), hold: fc.boolean() }),
  ),
});

const greedySpread = fc.record({ strategy: fc.constantFrom(...GREEDY_STRATEGIES) });

/** Scenes with 1 to 8 targets, some of them excluded, some with unknown price, speed or quality. */
const sceneWith = (policy: fc.Arbitrary<Partial<PolicyContent>>): fc.Arbitrary<Scene> =>
  fc
    .record({
      request,
      fields: fc.array(fc.tuple(targetFields, nullable(signals)), { minLength: 1, maxLength: 8 }),
      learned,
      policy,
      prefers: fc.array(fc.nat(7), { maxLength: 2 }),
      denies: fc.array(fc.nat(7), { maxLength: 1 }),
      seed: fc.nat(),
    })
    .map(({ request, fields, learned, policy, prefers, denies, seed }) => {
      const targets: Target[] = fields.map(([given], at) => buildTarget(idAt(at), given));
      const signals = Object.fromEntries(
        fields.flatMap(([, measured], at) => (measured ? [[idAt(at), measured] as const] : [])),
      );
      const routes = [buildRoute('all', { prefer: prefers.map(idAt), deny: denies.map(idAt) })];
      return {
        request: policy.exploration === undefined ? { ...request, strategy: null } : request,
        policy: buildPolicy(targets, { ...policy, routes }),
        snapshot: { signals, ...learned },
        seed,
      };
    });

const idAt = (at: number): string => `provider/model-${at}`;

/** Scenes in which the best candidate is taken, whatever happens. */
export const greedyScene = sceneWith(greedySpread);

/** Scenes with anything that a policy may leave to chance. */
export const anyScene = sceneWith(spread);
