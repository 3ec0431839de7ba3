import { toThousandths } from '../to-thousandths.js';
import type { TermBuilder } from './strategy.js';

const UNKNOWN = 0.5;

/**
 * Adds the term `quality`: `weight` times the expected quality of the target, which is 0 to 1 by itself. An unknown
 * one gives `quality-unknown`, neutral: the middle of the scale.
 */
export const addQuality = (terms: TermBuilder, weight: number, quality: number | null): void => {
  if (weight === 0) return;
  if (quality === null) terms['quality-unknown'] = toThousandths(weight * UNKNOWN);
  else terms.quality = toThousandths(weight * quality);
};
