import type { Candidate, Random } from '@signalbox/spec';
import { BILLION } from './billionths.js';
import type { Ranking } from './rank.js';

/** What was drawn, and the number that it was drawn with; `null` where nothing was left to chance. */
export type Drawn = { chosen: Candidate; draw: number | null };

/**
 * Draws a candidate by its probability: the first, in the order of the ranking, at which the sum of the probabilities
 * exceeds the draw. Takes one random number, or none where the best is certain.
 */
export const draw = (ranking: Ranking, random: Random): Drawn => {
  const [best] = ranking;
  if (best.probability === 1) return { chosen: best, draw: null };
  const drawn = Math.floor(random() * BILLION);
  return { chosen: candidateAt(ranking, drawn), draw: drawn };
};

const candidateAt = (ranking: Ranking, drawn: number): Candidate => {
  let left = drawn;
  for (const candidate of ranking) {
    left -= Math.round(candidate.probability * BILLION);
    if (left < 0) return candidate;
  }
  throw new RangeError(`The draw ${drawn} is beyond the distribution. A random number must be in [0, 1).`);
};
