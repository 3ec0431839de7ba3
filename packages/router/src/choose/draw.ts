import { BILLION } from './billionths.js';
import type { Share } from './distribute.js';

/** Gives the number that a choice is drawn with, 0 to 999,999,999. */
export type TakeDraw = () => number;

/** What was drawn, and the number that it was drawn with; `null` where nothing was left to chance. */
export type Drawn = { share: Share; draw: number | null };

/**
 * Draws a stretch of a distribution: the first at which the sum of the stretches exceeds the draw. Takes no number where
 * one stretch is all of it.
 */
export const draw = (shares: readonly Share[], takeDraw: TakeDraw): Drawn => {
  const certain = shares.find(({ billionths }) => billionths === BILLION);
  if (certain) return { share: certain, draw: null };
  const drawn = takeDraw();
  return { share: shareAt(shares, drawn), draw: drawn };
};

const shareAt = (shares: readonly Share[], drawn: number): Share => {
  let left = drawn;
  for (const share of shares) {
    left -= share.billionths;
    if (left < 0) return share;
  }
  throw new RangeError(`The draw ${drawn} is beyond the distribution. A random number must be in [0, 1).`);
};
