import type { TargetSignals } from '@signalbox/spec';
import { toFourDecimals } from '../to-four-decimals.js';

/**
 * Signals at the resolution at which they are recorded: whole milliseconds, a tenth of a token per second, a success
 * rate of four decimals. Done before anything is computed from them, so that the record holds what the decision used.
 */
export const roundSignals = (signals: TargetSignals | undefined): TargetSignals | null => {
  if (!signals) return null;
  const { firstChunkMs, tokensPerSecond, successRate } = signals;
  return {
    ...signals,
    firstChunkMs: firstChunkMs === null ? null : Math.round(firstChunkMs),
    tokensPerSecond: tokensPerSecond === null ? null : Math.round(tokensPerSecond * 10) / 10,
    successRate: successRate === null ? null : toFourDecimals(successRate),
  };
};
