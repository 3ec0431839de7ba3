import { decide } from '@signalbox/router';
import {
  type AttemptFailure,
  type AttemptStart,
  type Decision,
  NoCandidateError,
  type RequestOutcome,
  type RoutingRequest,
  type Snapshot,
  type Target,
} from '@signalbox/spec';
import { describeError } from '../attempt/describe-error.js';
import { countsAsSuccess } from '../signals/signal-tracker.js';
import { type OpenAttempt, openAttempt, statusOf } from './open-attempt.js';
import type { Runtime } from './runtime.js';
import { type EndedAttempt, totalOutcome } from './total-outcome.js';

/** Who served a request, or what it failed with. */
type RequestResult = { served: Target } | { failure: AttemptFailure };

/** A routed request under way: decided, with its attempts counted, ended exactly once. */
export interface OpenRequest {
  readonly decisionId: string;
  readonly decision: Decision;
  /** Milliseconds since the request began. */
  elapsedMs(): number;
  /** Begins the next attempt. */
  startAttempt(start: Pick<AttemptStart, 'target' | 'cause' | 'stream' | 'settings'>): OpenAttempt;
  /** The first content reaches the caller; only the first call counts. */
  markFirstChunk(): void;
  /** Ends the request, served by a target or with a failure. A second call changes nothing and returns the same. */
  end(result: RequestResult): RequestOutcome;
  /** How the request ended; `null` until then. */
  outcome(): RequestOutcome | null;
}

const NOT_STARTED = { attempts: [] as readonly EndedAttempt[], firstChunkMs: null };

const outcomeOf = (
  result: RequestResult,
  { attempts, firstChunkMs }: { attempts: readonly EndedAttempt[]; firstChunkMs: number | null },
): RequestOutcome => {
  const failure = 'failure' in result ? result.failure : null;
  return {
    ...totalOutcome(attempts),
    status: statusOf(failure),
    attempts: attempts.length,
    served: 'served' in result ? result.served.id : null,
    timeToFirstChunkMs: firstChunkMs,
    error: failure,
  };
};

const decisionFailure = (error: unknown): AttemptFailure => ({
  type: NoCandidateError.isInstance(error, 'no-candidate') ? 'no-candidate' : 'invalid-request',
  message: describeError(error).message,
  status: null,
});

/** What is known at the moment of a request. */
const snapshotFor = ({ signals, outcomes, held }: Runtime, request: RoutingRequest): Snapshot => ({
  signals: signals.signals(),
  held: held.of(request),
  ...outcomes.snapshotFor(request),
});

/**
 * Reports `request-start`, decides, reports `decision-made`. Throws what `decide()` throws (`NoCandidateError`,
 * `UnknownModelError`) after having ended the request.
 */
export const openRequest = (runtime: Runtime, request: RoutingRequest): OpenRequest => {
  const { clock, listeners, policy } = runtime;
  const decisionId = runtime.newId();
  const startedAtMs = clock.nowMs();
  const elapsedMs = (): number => clock.nowMs() - startedAtMs;

  const reportEnd = (outcome: RequestOutcome): RequestOutcome => {
    listeners.emit({ type: 'request-end', decisionId, outcome, durationMs: elapsedMs() });
    return outcome;
  };

  const chooseTarget = (): Decision => {
    const decideAtMs = clock.nowMs();
    try {
      const decision = decide(request, policy, snapshotFor(runtime, request), runtime.random);
      const durationUs = (clock.nowMs() - decideAtMs) * 1000;
      listeners.emit({ type: 'decision-made', decisionId, decision, durationUs });
      return decision;
    } catch (error) {
      reportEnd(outcomeOf({ failure: decisionFailure(error) }, NOT_STARTED));
      throw error;
    }
  };

  listeners.emit({
    type: 'request-start',
    decisionId,
    sequence: runtime.nextSequence(),
    policy: { name: policy.name, version: policy.version },
    request,
  });
  const decision = chooseTarget();

  const ended: EndedAttempt[] = [];
  let started = 0;
  let firstChunkMs: number | null = null;
  let outcome: RequestOutcome | null = null;

  return {
    decisionId,
    decision,
    elapsedMs,
    startAttempt: (start) => {
      started += 1;
      return openAttempt(runtime, { decisionId, attempt: started, ...start }, (attempt) => {
        ended.push(attempt);
        const succeeded = countsAsSuccess(attempt.outcome.error?.type ?? null);
        if (succeeded === null) return;
        runtime.outcomes.record({ request, task: decision.task, targetId: start.target.id, succeeded });
      });
    },
    markFirstChunk: () => {
      firstChunkMs ??= elapsedMs();
    },
    end: (result) => {
      if (outcome === null && 'served' in result) {
        const { id: targetId } = result.served;
        runtime.held.serve(request, targetId);
        runtime.feedback.serve(decisionId, { request, task: decision.task, targetId });
      }
      outcome ??= reportEnd(outcomeOf(result, { attempts: ended, firstChunkMs }));
      return outcome;
    },
    outcome: () => outcome,
  };
};
