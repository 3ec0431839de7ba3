import { type Decision, NoCandidateError, type Target, type TargetSignals } from '@signalbox/spec';
import { createSeededRandom } from '@signalbox/spec/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyScene, greedyScene, type Scene } from './__fixtures__/arbitraries.js';
import { noRandom } from './__fixtures__/build.js';
import { compilePolicy } from './compile-policy.js';
import { decide } from './decide.js';
import { differences } from './replay/differences.js';
import { replay } from './replay/replay.js';

/** The decision of a scene, or `null` when every target is excluded. */
const decideScene = ({ request, policy, snapshot, seed }: Scene): Decision | null => {
  try {
    return decide(request, policy, snapshot, createSeededRandom(seed));
  } catch (error) {
    if (error instanceof NoCandidateError) return null;
    throw error;
  }
};

const eligibleOf = ({ candidates }: Decision) => candidates.filter(({ eligible }) => eligible);

describe('decide', () => {
  it('never picks or falls back to an excluded candidate', () => {
    fc.assert(
      fc.property(anyScene, (given) => {
        const decision = decideScene(given);
        if (!decision) return;
        const eligible = eligibleOf(decision).map(({ target }) => target);
        expect(eligible).toContain(decision.selected);
        for (const fallback of decision.fallbacks) expect(eligible).toContain(fallback);
      }),
    );
  });

  it('gives the same decision for the same seed', () => {
    fc.assert(
      fc.property(anyScene, (given) => {
        expect(decideScene(given)).toEqual(decideScene(structuredClone(given)));
      }),
    );
  });

  it('lists every target once, the eligible by falling score, then the excluded with their reason', () => {
    fc.assert(
      fc.property(anyScene, (given) => {
        const decision = decideScene(given);
        if (!decision) return;
        const { candidates } = decision;
        const ids = given.policy.targets.map(({ id }) => id);
        expect(candidates.map(({ target }) => target).toSorted()).toEqual(ids.toSorted());
        const scores = eligibleOf(decision).map(({ score }) => Math.round((score ?? Number.NaN) * 1e4));
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
        const rest = candidates.slice(scores.length);
        expect(rest.every(({ excluded, score }) => excluded !== null && score === null)).toBe(true);
      }),
    );
  });

  it('scores every candidate with the exact sum of its terms', () => {
    fc.assert(
      fc.property(anyScene, (given) => {
        for (const { score, terms } of eligibleOf(decideScene(given) ?? ({ candidates: [] } as never))) {
          expect(Object.values(terms).reduce((sum, term) => sum + term, 0) === score).toBe(true);
        }
      }),
    );
  });

  it('rounds every number of the record to its resolution', () => {
    fc.assert(
      fc.property(anyScene, (given) => {
        const decision = decideScene(given);
        if (!decision) return;
        const shares = [decision.confidence];
        for (const { terms, signals, estimatedLatencyMs } of decision.candidates) {
          shares.push(...Object.values(terms), signals?.successRate ?? 0);
          expect(Number.isInteger(estimatedLatencyMs ?? 0)).toBe(true);
          expect(Number.isInteger(signals?.firstChunkMs ?? 0)).toBe(true);
          expect(Math.round((signals?.tokensPerSecond ?? 0) * 10) / 10).toBe(signals?.tokensPerSecond ?? 0);
        }
        for (const share of shares) expect(Math.round(share * 1e4) / 1e4).toBe(share);
      }),
    );
  });

  it('gives probabilities that sum to 1, and the chosen one as propensity', () => {
    fc.assert(
      fc.property(anyScene, (given) => {
        const decision = decideScene(given);
        if (!decision) return;
        const billionths = decision.candidates.map(({ probability }) => Math.round(probability * 1e9));
        expect(billionths.reduce((total, each) => total + each, 0)).toBe(1e9);
        const chosen = decision.candidates.find(({ target }) => target === decision.selected);
        expect(decision.propensity).toBe(chosen?.probability);
        expect(decision.propensity).toBeGreaterThan(0);
      }),
    );
  });

  it('asks for no random number without exploration', () => {
    fc.assert(
      fc.property(greedyScene, ({ request, policy, snapshot }) => {
        try {
          expect(decide(request, policy, snapshot, noRandom).propensity).toBe(1);
        } catch (error) {
          expect(error).toBeInstanceOf(NoCandidateError);
        }
      }),
    );
  });

  it('keeps the order of the rest when a candidate is taken away', () => {
    fc.assert(
      fc.property(greedyScene, fc.nat(7), (given, at) => {
        const before = decideScene(given);
        const gone = given.policy.targets[at];
        if (!before || !gone) return;
        const policy = compilePolicy(given.policy, given.policy.targets.toSpliced(at, 1));
        const after = decideScene({ ...given, policy });
        const expected = eligibleOf(before).filter(({ target }) => target !== gone.id);
        expect(after ? eligibleOf(after).map(strip) : []).toEqual(expected.map(strip));
      }),
    );
  });

  it('replays its record under the same policy as the same decision', () => {
    fc.assert(
      fc.property(anyScene, (given) => {
        const decision = decideScene(given);
        if (!decision) return;
        const replayed = replay(JSON.parse(JSON.stringify(decision)), given.policy);
        expect(JSON.stringify(replayed)).toBe(JSON.stringify(decision));
        expect(differences(decision, replayed)).toEqual([]);
      }),
    );
  });

  it('keeps its winner when a strictly worse candidate is added anywhere', () => {
    fc.assert(
      fc.property(greedyScene, fc.nat(7), fc.nat(8), (given, modelAt, place) => {
        const model = given.policy.targets[modelAt];
        const before = decideScene(given);
        if (!before || !model || !eligibleOf(before).some(({ target }) => target === model.id)) return;
        const worse = worsen(model);
        const policy = compilePolicy(given.policy, given.policy.targets.toSpliced(place, 0, worse));
        const signals = { ...given.snapshot.signals };
        signals[worse.id] = worsenSignals(model, signals[model.id]);
        const snapshot = { ...given.snapshot, signals };
        expect(decideScene({ ...given, policy, snapshot })?.selected).toBe(before.selected);
      }),
    );
  });
});

const strip = ({ target, score, terms }: Decision['candidates'][number]) => ({ target, score, terms });

const dearer = (price: number): number => Math.round(price * 1.1) + 1_000_000;

const worsen = (target: Target): Target => ({
  ...target,
  id: 'worse/model',
  price: target.price && {
    input: dearer(target.price.input),
    output: dearer(target.price.output),
    cacheRead: null,
    cacheWrite: null,
    reasoning: null,
  },
  quality: (target.quality ?? 0.5) - 0.01,
});

const worsenSignals = ({ latency }: Target, signals: TargetSignals | undefined): TargetSignals => {
  const firstChunkMs = signals?.firstChunkMs ?? latency?.firstChunkMs ?? null;
  const tokensPerSecond = signals?.tokensPerSecond ?? latency?.tokensPerSecond ?? null;
  return {
    firstChunkMs: firstChunkMs && firstChunkMs * 1.1,
    tokensPerSecond: tokensPerSecond && tokensPerSecond / 1.1,
    successRate: (signals?.successRate ?? 0.95) - 0.01,
    circuit: 'closed',
  };
};
