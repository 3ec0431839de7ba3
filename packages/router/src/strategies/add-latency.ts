import { toThousandths } from '../to-thousandths.js';
import type { TermBuilder } from './strategy.js';

const FLOOR_MS = 100;
const CEILING_MS = 100_000;
const SPAN = Math.log1p(CEILING_MS / FLOOR_MS);
const UNKNOWN = 0.5;

/**
 * Adds the term `latency`: `weight` times 1 for an answer in no time, 0 for one in 100 s, less beyond. Between 1 and
 * 100 s a tenfold latency takes a third. An unknown latency gives `latency-unknown`, neutral: as if it took 3 s.
 */
export const addLatency = (terms: TermBuilder, weight: number, latencyMs: number | null): void => {
  if (weight === 0) return;
  if (latencyMs === null) terms['latency-unknown'] = toThousandths(weight * UNKNOWN);
  else terms.latency = toThousandths(weight * (1 - Math.log1p(latencyMs / FLOOR_MS) / SPAN));
};
