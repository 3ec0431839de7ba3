import {
  CAPABILITIES,
  type Policy,
  type RoutingRequest,
  type Snapshot,
  STRATEGY_NAMES,
  type Target,
} from '@signalbox/spec';
import fc from 'fast-check';
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

/** Scenes with 1 to 8 targets, some of them excluded, some with unknown price, speed or quality. */
export const scene = (exploration: fc.Arbitrary<number>): fc.Arbitrary<Scene> =>
  fc
    .record({
      request,
      fields: fc.array(fc.tuple(targetFields, nullable(signals)), { minLength: 1, maxLength: 8 }),
      exploration,
      strategy: fc.constantFrom(...STRATEGY_NAMES),
      prefers: fc.array(fc.nat(7), { maxLength: 2 }),
      denies: fc.array(fc.nat(7), { maxLength: 1 }),
      seed: fc.nat(),
    })
    .map(({ request, fields, exploration, strategy, prefers, denies, seed }) => {
      const targets: Target[] = fields.map(([given], at) => buildTarget(idAt(at), given));
      const snapshot = Object.fromEntries(
        fields.flatMap(([, measured], at) => (measured ? [[idAt(at), measured] as const] : [])),
      );
      const routes = [buildRoute('all', { prefer: prefers.map(idAt), deny: denies.map(idAt) })];
      return { request, policy: buildPolicy(targets, { strategy, exploration, routes }), snapshot, seed };
    });

const idAt = (at: number): string => `provider/model-${at}`;
