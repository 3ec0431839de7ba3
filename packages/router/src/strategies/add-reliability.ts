import type { TargetSignals } from '@signalbox/spec';
import { toFourDecimals } from '../to-four-decimals.js';
import type { TermBuilder } from './strategy.js';

const UNKNOWN = 0.95;

/**
 * Adds the term `reliability`: `weight` times the measured success rate. Not measured gives `reliability-unknown`, as if
 * 95 % succeeded.
 */
export const addReliability = (terms: TermBuilder, weight: number, signals: TargetSignals | null): void => {
  if (weight === 0) return;
  const successRate = signals?.successRate ?? null;
  if (successRate === null) terms['reliability-unknown'] = toFourDecimals(weight * UNKNOWN);
  else terms.reliability = toFourDecimals(weight * successRate);
};
