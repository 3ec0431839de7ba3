import type { Clock, ErrorType, TargetSignals } from '@signalbox/spec';
import { ewma } from './ewma.js';

/** What one attempt showed about its target. `null` is not known. */
export type Sample = {
  /** `null` when it says nothing about the target, as with an invalid or a cancelled request. */
  succeeded: boolean | null;
  firstChunkMs: number | null;
  outputTokens: number | null;
  durationMs: number;
};

/** Measured facts of every target, learned from attempts. Holds one small record for each target, no more. */
export interface SignalTracker {
  record(targetId: string, sample: Sample): void;
  /** The facts as of now; a target without an attempt has no entry. */
  signals(): Readonly<Record<string, TargetSignals>>;
}

type Facts = {
  firstChunkMs: number | null;
  tokensPerSecond: number | null;
  failureRate: number;
  failureAtMs: number;
};

/**
 * Failures are forgotten by halves, so that a target which the router avoids gets another chance although nobody
 * measures it.
 */
const FAILURE_HALF_LIFE_MS = 60_000;

/** Errors that are the caller's doing or the prompt's, and so do not count against the target. */
const NOT_THE_TARGET: ReadonlySet<ErrorType> = new Set([
  'invalid-request',
  'context-too-long',
  'content-filter',
  'cancelled',
]);

/** Whether an attempt counts for or against its target: `null` for neither. */
export const countsAsSuccess = (error: ErrorType | null): boolean | null => {
  if (error === null) return true;
  return NOT_THE_TARGET.has(error) ? null : false;
};

/** Tokens per second after the first chunk, or over the whole call where the first chunk was not seen. */
const speedOf = ({ outputTokens, durationMs, firstChunkMs }: Sample): number | null => {
  const generatingMs = durationMs - (firstChunkMs ?? 0);
  return outputTokens && generatingMs > 0 ? (outputTokens * 1000) / generatingMs : null;
};

const failureRateAt = ({ failureRate, failureAtMs }: Facts, nowMs: number): number =>
  failureRate * 0.5 ** ((nowMs - failureAtMs) / FAILURE_HALF_LIFE_MS);

const toSignals = (facts: Facts, nowMs: number): TargetSignals => ({
  firstChunkMs: facts.firstChunkMs,
  tokensPerSecond: facts.tokensPerSecond,
  successRate: 1 - failureRateAt(facts, nowMs),
  circuit: 'closed',
});

/** Creates the tracker for the targets with these ids; samples of others are ignored. */
export const createSignalTracker = (targetIds: readonly string[], clock: Clock): SignalTracker => {
  const known = new Set(targetIds);
  const facts = new Map<string, Facts>();

  const record = (targetId: string, sample: Sample): void => {
    if (!known.has(targetId) || sample.succeeded === null) return;
    const nowMs = clock.nowMs();
    const before = facts.get(targetId) ?? {
      firstChunkMs: null,
      tokensPerSecond: null,
      // Starts without guilt: a single failure must not be all that is known about a target.
      failureRate: 0,
      failureAtMs: nowMs,
    };
    const speed = speedOf(sample);
    facts.set(targetId, {
      firstChunkMs:
        sample.firstChunkMs === null ? before.firstChunkMs : ewma(before.firstChunkMs, sample.firstChunkMs),
      tokensPerSecond: speed === null ? before.tokensPerSecond : ewma(before.tokensPerSecond, speed),
      failureRate: ewma(failureRateAt(before, nowMs), sample.succeeded ? 0 : 1),
      failureAtMs: nowMs,
    });
  };

  const signals = (): Record<string, TargetSignals> => {
    const nowMs = clock.nowMs();
    return Object.fromEntries([...facts].map(([id, target]) => [id, toSignals(target, nowMs)]));
  };

  return { record, signals };
};
