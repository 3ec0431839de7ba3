import type { Target, TargetSignals } from '@signalbox/spec';

/**
 * Whole milliseconds until the whole answer is there: the time to the first chunk plus the answer at the target's speed.
 * Each of the two is the measured one, else the target's prior; `null` when neither is known.
 */
export const estimateLatencyMs = (
  target: Target,
  signals: TargetSignals | null,
  answerTokens: number,
): number | null => {
  const firstChunkMs = signals?.firstChunkMs ?? target.latency?.firstChunkMs;
  const tokensPerSecond = signals?.tokensPerSecond ?? target.latency?.tokensPerSecond;
  if (firstChunkMs === undefined || tokensPerSecond === undefined || tokensPerSecond <= 0) return null;
  const latencyMs = firstChunkMs + (answerTokens / tokensPerSecond) * 1000;
  return Number.isFinite(latencyMs) ? Math.round(latencyMs) : null;
};
