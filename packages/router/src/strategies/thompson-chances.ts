import type { Candidate } from '@signalbox/spec';
import type { Ranking } from '../choose/rank.js';
import { deviationOfSuccess } from './expected-success.js';
import { normalCdf } from './normal-cdf.js';

/** Slices of the range in which the best score may lie. More are finer and slower: the work is slices × targets. */
const SLICES = 64;
/** How many deviations off the mean a score may lie. */
const TAIL = 3;

type Belief = { mean: number; deviation: number };

/**
 * The chance of each candidate to have the highest score, when the share of successes behind its term `outcomes` is
 * taken as normal with the mean and deviation of its Beta distribution, times `weight`. The integral over the best score
 * is a sum over 64 slices between the highest "mean - 3 deviations" and the highest "mean + 3 deviations": a candidate
 * gets, of each slice, its own probability to lie there times that of all others to lie below its middle.
 *
 * The choice is drawn from exactly these numbers, so the propensities are honest by construction; the slices and the
 * normal curve only make them differ a little from what sampling Beta distributions would give.
 */
export const thompsonChances = (ranking: Ranking, weight: number): readonly number[] => {
  const beliefs = ranking.map((candidate) => beliefOf(candidate, weight));
  const low = highest(beliefs, -TAIL);
  const width = (highest(beliefs, TAIL) - low) / SLICES;
  const chances = new Array<number>(beliefs.length).fill(0);
  if (width === 0) chances[0] = 1;
  else for (let slice = 0; slice < SLICES; slice += 1) addSlice(chances, beliefs, low + slice * width, width);
  return chances;
};

const beliefOf = ({ score, terms, signals }: Candidate, weight: number): Belief => {
  const success = (terms.outcomes ?? terms['outcomes-unknown'] ?? 0) / weight;
  const count = (signals?.successes ?? 0) + (signals?.failures ?? 0);
  return { mean: score ?? 0, deviation: weight * deviationOfSuccess(success, count) };
};

const highest = (beliefs: readonly Belief[], deviations: number): number => {
  let value = Number.NEGATIVE_INFINITY;
  for (const { mean, deviation } of beliefs) value = Math.max(value, mean + deviations * deviation);
  return value;
};

const addSlice = (chances: number[], beliefs: readonly Belief[], from: number, width: number): void => {
  const below = beliefs.map((belief) => chanceBelow(belief, from + width / 2));
  // Products over all others from both ends, so that nothing is divided by what may be 0.
  const after = new Array<number>(beliefs.length).fill(1);
  for (let at = beliefs.length - 2; at >= 0; at -= 1) after[at] = (after[at + 1] ?? 1) * (below[at + 1] ?? 1);
  let before = 1;
  for (const [at, belief] of beliefs.entries()) {
    const inside = chanceBelow(belief, from + width) - chanceBelow(belief, from);
    chances[at] = (chances[at] ?? 0) + inside * before * (after[at] ?? 1);
    before *= below[at] ?? 1;
  }
};

const chanceBelow = ({ mean, deviation }: Belief, score: number): number => {
  if (deviation === 0) return score >= mean ? 1 : 0;
  return normalCdf((score - mean) / deviation);
};
