import type { Arrival } from './arrival.js';

/** What a load amounts to, known before it is sent. */
export type LoadSize = {
  requests: number;
  contextTokens: number;
  generatedTokens: number;
  durationMs: number;
};

/** Reads a load to its end: checks every line of a trace before anything is started, and sums it up. */
export const measureLoad = async (arrivals: AsyncIterable<Arrival>): Promise<LoadSize> => {
  const size: LoadSize = { requests: 0, contextTokens: 0, generatedTokens: 0, durationMs: 0 };
  for await (const { atMs, contextTokens, generatedTokens } of arrivals) {
    size.requests += 1;
    size.contextTokens += contextTokens;
    size.generatedTokens += generatedTokens;
    size.durationMs = atMs;
  }
  return size;
};
