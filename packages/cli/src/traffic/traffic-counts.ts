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
  /** Sums over the arrivals that were answered: what the load says. */
  contextTokens: number;
  generatedTokens: number;
  /** The same as the providers reported it. */
  tokensInput: number;
  tokensOutput: number;
  /** Succeeded requests whose usage was not reported. */
  usageUnknown: number;
  /** Sum of the known costs, in nano-USD. */
  costNanoUsd: number;
  inFlight: number;
};

/** All zero. */
export const createTrafficCounts = (): TrafficCounts => ({
  arrived: 0,
  sent: 0,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
  contextTokens: 0,
  generatedTokens: 0,
  tokensInput: 0,
  tokensOutput: 0,
  usageUnknown: 0,
  costNanoUsd: 0,
  inFlight: 0,
});

/** Adds one succeeded request. */
export const countSuccess = (
  counts: TrafficCounts,
  { contextTokens, generatedTokens }: Arrival,
  usage: TokenUsage,
  costNanoUsd: number | null,
): void => {
  counts.succeeded += 1;
  counts.contextTokens += contextTokens;
  counts.generatedTokens += generatedTokens;
  if (usage.input === null || usage.output === null) counts.usageUnknown += 1;
  counts.tokensInput += usage.input ?? 0;
  counts.tokensOutput += usage.output ?? 0;
  counts.costNanoUsd += costNanoUsd ?? 0;
};
