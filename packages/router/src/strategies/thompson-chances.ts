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
 * gets, of each slice, its own probability to lie there times that of all others to lie below it. Who can reach none of
 * these scores within 3 deviations has no chance.
 *
 * The choice is drawn from exactly these numbers, so the propensities are honest by construction; the slices and the
 * normal curve only make them differ a little from what sampling Beta distributions would give.
 */
export const thompsonChances = (ranking: Ranking, weight: number): readonly number[] => {
  const beliefs = ranking.map((candidate) => beliefOf(candidate, weight));
  const low = highest(beliefs, -TAIL);
  const width = (highest(beliefs, TAIL) - low) / SLICES;
  const chances = new Array<number>(beliefs.length).fill(0);
  const rivals = beliefs.flatMap(({ mean, deviation }, at) => (mean + TAIL * deviation > low ? [at] : []));
  if (rivals.length < 2) {
    chances[0] = 1;
    return chances;
  }
  const contest = rivals.map((at) => beliefs[at] as Belief);
  const won = winsOf(contest, low, width);
  for (const [place, at] of rivals.entries()) chances[at] = won[place] as number;
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

/** The chance of each to win: summed over the slices from `low` on. Plain loops over numbers, because this is the hot part. */
const winsOf = (contest: readonly Belief[], low: number, width: number): Float64Array => {
  const count = contest.length;
  const won = new Float64Array(count);
  const below = new Float64Array(count);
  const inside = new Float64Array(count);
  const after = new Float64Array(count + 1).fill(1);
  const lower = Float64Array.from(contest, (belief) => chanceBelow(belief, low));
  for (let slice = 1; slice <= SLICES; slice += 1) {
    for (let at = count - 1; at >= 0; at -= 1) {
      const upper = chanceBelow(contest[at] as Belief, low + slice * width);
      inside[at] = upper - (lower[at] as number);
      below[at] = (upper + (lower[at] as number)) / 2;
      lower[at] = upper;
      // Products over all others from both ends, so that nothing is divided by what may be 0.
      after[at] = (after[at + 1] as number) * (below[at] as number);
    }
    let before = 1;
    for (let at = 0; at < count; at += 1) {
      won[at] = (won[at] as number) + before * (inside[at] as number) * (after[at + 1] as number);
      before *= below[at] as number;
    }
  }
  return won;
};

const chanceBelow = ({ mean, deviation }: Belief, score: number): number => {
  if (deviation === 0) return score >= mean ? 1 : 0;
  return normalCdf((score - mean) / deviation);
};
