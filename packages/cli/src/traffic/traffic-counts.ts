import type { TokenUsage } from '@signalbox/spec';
import type { Arrival } from './arrival.js';

/** What the sender of a load saw: the reference that the store is reconciled against. */
export type TrafficCounts = {
  /** Arrivals read from the trace or the generator. */
  arrived: number;
  sent: number;
  succeeded: number;
  failed: number;
  cancelled: number;
  inFlight: number;
  /** Sums over the arrivals that were answered: what the load says. `null` before the first. */
  contextTokens: number | null;
  generatedTokens: number | null;
  /** The same as the providers reported it; `null` while nothing was reported. */
  tokensInput: number | null;
  tokensOutput: number | null;
  /** Sum of the known costs, in nano-USD; `null` while none is known. */
  costNanoUsd: number | null;
};

/** Nothing counted yet. */
export const createTrafficCounts = (): TrafficCounts => ({
  arrived: 0,
  sent: 0,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
  inFlight: 0,
  contextTokens: null,
  generatedTokens: null,
  tokensInput: null,
  tokensOutput: null,
  costNanoUsd: null,
});

/** A sum in which what is unknown does not count, and which stays unknown while nothing is known. */
const add = (sum: number | null, value: number | null): number | null =>
  value === null ? sum : (sum ?? 0) + value;

/** Adds one succeeded request. */
export const countSuccess = (
  counts: TrafficCounts,
  { contextTokens, generatedTokens }: Arrival,
  usage: TokenUsage,
  costNanoUsd: number | null,
): void => {
  counts.succeeded += 1;
  counts.contextTokens = add(counts.contextTokens, contextTokens);
  counts.generatedTokens = add(counts.generatedTokens, generatedTokens);
  counts.tokensInput = add(counts.tokensInput, usage.input);
  counts.tokensOutput = add(counts.tokensOutput, usage.output);
  counts.costNanoUsd = add(counts.costNanoUsd, costNanoUsd);
};
