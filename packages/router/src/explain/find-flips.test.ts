import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { greedyScene } from '../__fixtures__/arbitraries.js';
import {
  buildPolicy,
  buildRoute,
  buildSignals,
  LARGE,
  MEDIUM,
  noRandom,
  SMALL,
} from '../__fixtures__/build.js';
import { createRequest } from '../create-request.js';
import { decide } from '../decide.js';
import { describeFlip } from './describe-flip.js';
import { findFlips } from './find-flips.js';

const policy = buildPolicy([SMALL, MEDIUM, LARGE]);
const SIGNALS = {
  [SMALL.id]: buildSignals({ firstChunkMs: 310, tokensPerSecond: 140, successRate: 0.99 }),
  [LARGE.id]: buildSignals({ firstChunkMs: 900, tokensPerSecond: 60, successRate: 0.98 }),
};

describe('findFlips', () => {
  const decision = decide(createRequest({ prompt: 'Hello' }), policy, { signals: SIGNALS }, noRandom);
  const flips = findFlips(decision, policy);
  const flip = (name: string) => flips.find((each) => each.name === name);

  it('finds the weight of quality at which a better target wins', () => {
    expect(decision.selected).toBe(SMALL.id);
    const found = flip('quality');
    expect(found).toMatchObject({ kind: 'weight', winner: LARGE.id });
    expect(found?.to).toBeGreaterThan(found?.from ?? Number.NaN);
  });

  it('finds how bad the best must become', () => {
    const found = flip('successRate');
    expect(found).toMatchObject({ kind: 'signal', target: SMALL.id, from: 0.99 });
    expect(found?.to).toBeLessThan(0.99);
  });

  it('finds the nearest value, beyond which nothing changes and at which the winner does', () => {
    fc.assert(
      fc.property(greedyScene, (given) => {
        const before = attempt(() => decide(given.request, given.policy, given.snapshot, noRandom));
        if (!before || before.asked.model !== null) return;
        for (const each of findFlips(before, given.policy)) {
          if (each.kind !== 'signal') continue;
          const at = (value: number) => {
            const signals = { ...NOTHING, ...given.snapshot.signals?.[each.target], [each.name]: value };
            const all = { ...given.snapshot.signals, [each.target]: signals };
            return decide(given.request, given.policy, { ...given.snapshot, signals: all }, noRandom)
              .selected;
          };
          expect(at(each.to)).toBe(each.winner);
          const step = STEPS[each.name] * Math.sign(each.from - each.to);
          expect(at(each.to + step)).toBe(before.selected);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('flips the ranking at each weight that it names', () => {
    const weights = { cost: 0.6, quality: 0.2, latency: 0.2 };
    const own = (given: object) =>
      buildPolicy([SMALL, MEDIUM, LARGE], {
        strategy: 'own',
        strategies: { own: { weights: { reliability: 0.25, preference: 0.25, ...weights, ...given } } },
      });
    const before = decide(createRequest({ prompt: 'Hello' }), own({}), { signals: SIGNALS }, noRandom);
    const found = findFlips(before, own({})).filter(({ kind }) => kind === 'weight');
    expect(found.length).toBeGreaterThan(0);
    for (const { name, to, winner } of found) {
      const after = decide(
        createRequest({ prompt: 'Hello' }),
        own({ [name]: to }),
        { signals: SIGNALS },
        noRandom,
      );
      expect([before.selected === winner, after.selected]).toEqual([false, winner]);
    }
  });

  it('misses no weight that alone puts another target first', () => {
    const weight = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000);
    const given = fc.record({ cost: weight, quality: weight, latency: weight, preference: weight });
    fc.assert(
      fc.property(given, fc.constantFrom(0, 0.3, 1, 3, 10), (weights, value) => {
        const own = (changed: object) =>
          buildPolicy([SMALL, MEDIUM, LARGE], {
            strategy: 'own',
            strategies: { own: { weights: { reliability: 0.25, ...weights, ...changed } } },
            routes: [buildRoute('all', { prefer: [MEDIUM.id] })],
          });
        const request = createRequest({ prompt: 'Hello' });
        const before = decide(request, own({}), { signals: SIGNALS }, noRandom);
        const found = new Set(findFlips(before, own({})).map(({ name }) => name));
        for (const name of ['cost', 'quality', 'latency', 'preference'] as const) {
          if (found.has(name)) continue;
          const after = decide(request, own({ [name]: value }), { signals: SIGNALS }, noRandom);
          expect([name, value, after.selected]).toEqual([name, value, before.selected]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('says nothing of outcomes that the strategy did not read', () => {
    const better = { ...policy, strategy: 'cost-optimal' };
    const names = findFlips(decide(createRequest({ prompt: 'Hello' }), better, {}, noRandom), better).map(
      ({ name }) => name,
    );
    expect(names).toContain('quality');
    expect(names.filter((name) => name === 'outcomes' || name === 'user')).toEqual([]);
  });

  it('finds nothing for a single candidate', () => {
    const alone = buildPolicy([SMALL]);
    expect(findFlips(decide(createRequest({ prompt: 'Hello' }), alone, {}, noRandom), alone)).toEqual([]);
  });
});

const NOTHING = { firstChunkMs: null, tokensPerSecond: null, successRate: null, circuit: 'closed' } as const;
const STEPS = { firstChunkMs: 1, tokensPerSecond: 0.1, successRate: 0.001 };

const attempt = <T>(run: () => T): T | null => {
  try {
    return run();
  } catch {
    return null;
  }
};

describe('describeFlip', () => {
  it.each([
    [
      { kind: 'weight', name: 'cost', from: 0.33, to: 0.46, winner: 'a/b' },
      'a/b ranks first if the cost weight rises from 0.33 to 0.46.',
    ],
    [
      { kind: 'signal', name: 'firstChunkMs', target: 'a/c', from: 700, to: 310, winner: 'a/c' },
      'a/c ranks first if the first chunk of a/c takes 310 ms instead of 700 ms.',
    ],
    [
      { kind: 'signal', name: 'tokensPerSecond', target: 'a/c', from: 80, to: 12.5, winner: 'a/b' },
      'a/b ranks first if a/c writes 12.5 tokens per second instead of 80.',
    ],
    [
      { kind: 'signal', name: 'successRate', target: 'a/c', from: 0.99, to: 0.83, winner: 'a/b' },
      'a/b ranks first if the success rate of a/c falls from 0.99 to 0.83.',
    ],
  ] as const)('tells %j', (given, sentence) => {
    expect(describeFlip(given)).toBe(sentence);
  });
});
