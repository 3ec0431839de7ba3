import type { TargetSignals } from '@signalbox/spec';
import { toThousandths } from '../to-thousandths.js';
import type { TermBuilder } from './strategy.js';

const UNKNOWN = 0.95;

/**
 * Adds the term `reliability`: `weight` times the measured success rate. Not measured gives `reliability-unknown`, as if
 * 95 % succeeded.
 */
export const addReliability = (terms: TermBuilder, weight: number, signals: TargetSignals | null): void => {
  if (weight === 0) return;
  const successRate = signals?.successRate ?? null;
  if (successRate === null) terms['reliability-unknown'] = toThousandths(weight * UNKNOWN);
  else terms.reliability = toThousandths(weight * successRate);
};
