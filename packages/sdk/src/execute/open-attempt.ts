import { costNanoUsd } from '@signalbox/router';
import type {
  AttemptFailure,
  AttemptOutcome,
  AttemptStart,
  ResolvedPrice,
  Target,
  TokenUsage,
} from '@signalbox/spec';
import type { AnswerSummary } from '../attempt/answer-summary.js';
import { countsAsSuccess } from '../signals/signal-tracker.js';
import type { Runtime } from './runtime.js';
import type { EndedAttempt } from './total-outcome.js';

/** One upstream call under way: reports its start at once, and its end exactly once. */
export interface OpenAttempt {
  readonly target: Target;
  /** Runs the upstream call so that listeners can make their span the active one. */
  run<T>(call: () => Promise<T>): Promise<T>;
  /** The first content arrived; only the first call counts. */
  markFirstChunk(): void;
  /** Ends the attempt. A second call changes nothing. */
  end(result: AttemptResult): void;
}

/** How an attempt ended. */
type AttemptResult = {
  summary: AnswerSummary;
  /** `null` for success. */
  failure: AttemptFailure | null;
  /** Milliseconds, where someone else measured them; default: since the start. */
  durationMs?: number | undefined;
  timeToFirstChunkMs?: number | undefined;
};

/** Opens an attempt and reports `attempt-start`; `onEnd` hears of the end before the listeners do. */
export const openAttempt = (
  runtime: Runtime,
  start: Omit<AttemptStart, 'type'>,
  onEnd: (ended: EndedAttempt) => void,
): OpenAttempt => {
  const { clock, listeners, signals } = runtime;
  const { decisionId, attempt, target, stream } = start;
  const startedAtMs = clock.nowMs();
  let firstChunkMs: number | null = null;
  let ended = false;
  listeners.emit({ type: 'attempt-start', ...start });

  const end = ({ summary, failure, ...measured }: AttemptResult): void => {
    if (ended) return;
    ended = true;
    const durationMs = measured.durationMs ?? clock.nowMs() - startedAtMs;
    const timeToFirstChunkMs = measured.timeToFirstChunkMs ?? firstChunkMs;
    const outcome: AttemptOutcome = {
      ...summary,
      status: statusOf(failure),
      ...costOf(summary.usage, runtime.priceOf(target.id)),
      error: failure,
    };
    signals.record(target.id, {
      succeeded: countsAsSuccess(failure?.type ?? null),
      firstChunkMs: timeToFirstChunkMs,
      outputTokens: failure ? null : summary.usage.output,
      durationMs,
    });
    onEnd({ outcome, gotContent: timeToFirstChunkMs !== null });
    listeners.emit({ type: 'attempt-end', decisionId, attempt, outcome, durationMs, timeToFirstChunkMs });
  };

  return {
    target,
    run: (call) => listeners.runAttempt(decisionId, attempt, call),
    markFirstChunk: () => {
      if (stream) firstChunkMs ??= clock.nowMs() - startedAtMs;
    },
    end,
  };
};

const costOf = (
  usage: TokenUsage,
  resolved: ResolvedPrice | null,
): Pick<AttemptOutcome, 'costNanoUsd' | 'costSource' | 'priceVersion'> => {
  const cost = costNanoUsd(usage, resolved?.price ?? null);
  if (cost === null || resolved === null) return { costNanoUsd: null, costSource: null, priceVersion: null };
  return { costNanoUsd: cost, costSource: resolved.source, priceVersion: resolved.version };
};

/** The status that goes with a failure; cancellation is not failure. */
export const statusOf = (failure: AttemptFailure | null): AttemptOutcome['status'] => {
  if (failure === null) return 'succeeded';
  return failure.type === 'cancelled' ? 'cancelled' : 'failed';
};
