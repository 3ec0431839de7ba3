import type { Candidate, Random } from '@signalbox/spec';
import type { Ranking } from './rank.js';

/** Draws a candidate by its probability. Takes one random number, or none where the best is certain. */
export const draw = (ranking: Ranking, random: Random): Candidate => {
  const [best] = ranking;
  if (best.probability === 1) return best;
  let left = random();
  for (const candidate of ranking) {
    left -= candidate.probability;
    if (left < 0) return candidate;
  }
  // The probabilities may sum to a hair less than 1: what is missing belongs to the best.
  return best;
};
