import type { Candidate } from '@signalbox/spec';
import { createSeededRandom } from '@signalbox/spec/testing';
import { describe, expect, it } from 'vitest';
import { type Ranking, rank } from '../choose/rank.js';
import { deviationOfSuccess } from './expected-success.js';
import { thompsonChances } from './thompson-chances.js';

type Known = { mean: number; successes?: number; failures?: number; rest?: number };

const candidate = ({ mean, rest = 0, ...counts }: Known, at: number): Candidate => ({
  target: `p/${at}`,
  provider: 'p',
  model: String(at),
  eligible: true,
  excluded: null,
  score: mean + rest,
  terms: { outcomes: mean, cost: rest },
  probability: 0,
  signals: { firstChunkMs: null, tokensPerSecond: null, successRate: null, circuit: 'closed', ...counts },
  estimatedCostNanoUsd: null,
  estimatedLatencyMs: null,
});

const chancesOf = (known: readonly Known[]): { ranking: Ranking; chances: readonly number[] } => {
  const ranking = rank(known.map(candidate));
  const chances = thompsonChances(ranking, 1);
  const sum = chances.reduce((total, chance) => total + chance, 0);
  return { ranking, chances: chances.map((chance) => chance / sum) };
};

/** How often each is the best when the shares of successes are drawn from normal distributions. */
const sampled = (ranking: Ranking, draws: number): number[] => {
  const random = createSeededRandom(11);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const wins = ranking.map(() => 0);
  for (let n = 0; n < draws; n += 1) {
    const scores = ranking.map(({ score, terms, signals }) => {
      const count = (signals?.successes ?? 0) + (signals?.failures ?? 0);
      return (score ?? 0) + deviationOfSuccess(terms.outcomes ?? 0, count) * normal();
    });
    const best = scores.indexOf(Math.max(...scores));
    wins[best] = (wins[best] ?? 0) + 1;
  }
  return wins.map((won) => won / draws);
};

describe('thompsonChances', () => {
  it.each<[string, readonly Known[]]>([
    ['two that nothing is known of', [{ mean: 0.5 }, { mean: 0.5 }]],
    ['one well known and one new', [{ mean: 0.9, successes: 90, failures: 10 }, { mean: 0.7 }]],
    [
      'many',
      [
        { mean: 0.8, successes: 16, failures: 4 },
        { mean: 0.7, successes: 7, failures: 3 },
        { mean: 0.6, rest: 0.2, successes: 6, failures: 4 },
        { mean: 0.5 },
        { mean: 0.3, successes: 3, failures: 7 },
      ],
    ],
  ])('are those of sampling %s', (_, known) => {
    const { ranking, chances } = chancesOf(known);
    for (const [at, share] of sampled(ranking, 20_000).entries()) {
      expect(Math.abs((chances[at] ?? 0) - share)).toBeLessThan(0.02);
    }
  });

  it('are all for the best where everything is known', () => {
    const { chances } = chancesOf([{ mean: 1 }, { mean: 0 }]);
    expect(chances).toEqual([1, 0]);
  });

  it('leave a target the less the more it failed', () => {
    const chanceAt = (failures: number) =>
      chancesOf([
        { mean: 0.9, successes: 45, failures: 5 },
        { mean: 5 / (10 + failures), successes: 5, failures },
      ]).chances[1] ?? 0;
    expect(chanceAt(1)).toBeGreaterThan(chanceAt(2));
    expect(chanceAt(2)).toBeGreaterThan(chanceAt(4));
  });
});
