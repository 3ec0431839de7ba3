import type { Snapshot, Target } from '@signalbox/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyScene } from '../__fixtures__/arbitraries.js';
import {
  buildContext,
  buildPolicy,
  buildPrice,
  buildRoute,
  buildSignals,
  buildTarget,
} from '../__fixtures__/build.js';
import { measuredSignals } from '../candidates/measured-signals.js';
import { gatherFacts } from '../candidates/target-facts.js';
import { createRequest } from '../create-request.js';
import type { DecisionContext } from '../decision-context.js';
import { createScorer } from './scorer.js';
import type { Strategy } from './strategy.js';
import { sumTerms } from './sum-terms.js';

const contextFor = (prefer: readonly string[] = []): DecisionContext => {
  const policy = buildPolicy([], { routes: [buildRoute('all', { prefer })] });
  return buildContext(createRequest({ prompt: 'Compare these two contracts in detail.' }), policy);
};

/** What every strategy must hold. A file that implements one runs this with it. */
export const describeStrategy = (strategy: Strategy): void => {
  const termsOf = (target: Target, snapshot: Snapshot = {}, given = contextFor()) => {
    const context = { ...given, strategy };
    const scorer = createScorer(context);
    const signals = measuredSignals(snapshot, context.task, scorer.reads)(target.id);
    return scorer.terms(gatherFacts(target, signals, context));
  };
  const scoreOf = (...given: Parameters<typeof termsOf>) => sumTerms(termsOf(...given));

  describe(strategy.name, () => {
    it('gives finite terms, at least one, whatever is unknown', () => {
      fc.assert(
        fc.property(anyScene, ({ request, policy, snapshot }) => {
          const context = buildContext(request, policy);
          for (const target of policy.targets) {
            const values = Object.values(termsOf(target, snapshot, context));
            expect(values.length).toBeGreaterThan(0);
            expect(values.every(Number.isFinite)).toBe(true);
          }
        }),
      );
    });

    it('gives the same terms for the same facts', () => {
      const target = buildTarget('openai/a');
      expect(termsOf(target)).toEqual(termsOf(target));
    });

    it('never scores a target lower for a better price, speed, quality or success rate', () => {
      const target = buildTarget('openai/a');
      const before = scoreOf(target, { signals: { 'openai/a': buildSignals() } });
      const better: [Target, Snapshot][] = [
        [buildTarget('openai/a', { price: buildPrice(0.5, 2) }), { signals: { 'openai/a': buildSignals() } }],
        [buildTarget('openai/a', { quality: 0.9 }), { signals: { 'openai/a': buildSignals() } }],
        [target, { signals: { 'openai/a': buildSignals({ firstChunkMs: 100 }) } }],
        [target, { signals: { 'openai/a': buildSignals({ tokensPerSecond: 500 }) } }],
        [target, { signals: { 'openai/a': buildSignals({ successRate: 1 }) } }],
      ];
      for (const [improved, snapshot] of better) {
        expect(scoreOf(improved, snapshot)).toBeGreaterThanOrEqual(before);
      }
    });

    it('never lowers the cost term for a cheaper price', () => {
      const usdPerMillion = fc.double({ min: 0, max: 1000, noNaN: true });
      fc.assert(
        fc.property(usdPerMillion, usdPerMillion, (a, b) => {
          const [cheap, dear] = [Math.min(a, b), Math.max(a, b)].map(
            (usd) => termsOf(buildTarget('openai/a', { price: buildPrice(usd, usd) })).cost ?? 0,
          );
          expect(cheap).toBeGreaterThanOrEqual(dear ?? Number.NaN);
        }),
      );
    });

    it('scores a target higher that fails less often', () => {
      const target = buildTarget('openai/a');
      const at = (successRate: number) =>
        scoreOf(target, { signals: { 'openai/a': buildSignals({ successRate }) } });
      expect(at(0.99)).toBeGreaterThan(at(0.5));
    });

    it('adds a preference to a target that the route prefers', () => {
      const target = buildTarget('openai/a');
      expect(termsOf(target, {}, contextFor(['openai/a']))).toEqual({ ...termsOf(target), preference: 0.25 });
    });

    it('names what is unknown instead of taking it for the best', () => {
      const unknown = buildTarget('openai/a', { price: null, latency: null, quality: null });
      const best = buildTarget('openai/a', {
        price: buildPrice(0, 0),
        latency: { firstChunkMs: 1, tokensPerSecond: 1e6 },
        quality: 1,
      });
      expect(Object.keys(termsOf(unknown)).every((name) => name.endsWith('-unknown'))).toBe(true);
      expect(scoreOf(unknown)).toBeLessThan(scoreOf(best));
    });
  });
};
