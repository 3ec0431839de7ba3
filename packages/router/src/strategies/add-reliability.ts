import type { TargetSignals } from '@signalbox/spec';
import { toFourDecimals } from '../to-four-decimals.js';
import type { TermBuilder } from './strategy.js';

const WEIGHT = 0.25;
const UNKNOWN = 0.95;

/**
 * Adds the term `reliability`: 0.25 times the measured success rate, the same under every strategy, because a call
 * that fails is neither cheap nor fast. Not measured gives `reliability-unknown`, as if 95 % succeeded.
 */
export const addReliability = (terms: TermBuilder, signals: TargetSignals | null): void => {
  const successRate = signals?.successRate ?? null;
  if (successRate === null) terms['reliability-unknown'] = toFourDecimals(WEIGHT * UNKNOWN);
  else terms.reliability = toFourDecimals(WEIGHT * successRate);
};
