import { type Context, context, type Span, trace } from '@opentelemetry/api';
import type { AttemptEnd, AttemptStart, DecisionMade, RequestEnd, RequestStart } from '@signalbox/spec';
import { countAttempt, recordAttempt } from './metrics/record-attempt.js';
import { recordDecision } from './metrics/record-decision.js';
import { recordRequest } from './metrics/record-request.js';
import type { OpenAttempt, OpenRequest } from './open-request.js';
import type { Scope } from './scope.js';
import { describeDecision } from './spans/describe-decision.js';
import { endAttemptSpan } from './spans/end-attempt-span.js';
import { endRouteSpan } from './spans/end-route-span.js';
import { setOutcome } from './spans/set-outcome.js';
import { startAttemptSpan } from './spans/start-attempt-span.js';
import { startRouteSpan } from './spans/start-route-span.js';

/**
 * Follows every request from its start to its end, and writes spans and metrics on the way. Holds the requests in
 * flight and nothing else. Every method returns `false` for an event that fits none of them, which it ignores; and may
 * throw what the OpenTelemetry SDK throws.
 */
export const observeRequests = (scope: Scope) => {
  const open = new Map<string, OpenRequest>();

  return {
    requestStart(event: RequestStart): boolean {
      if (open.has(event.decisionId)) return false;
      const parent = context.active();
      const span = startRouteSpan(scope.tracer(), event, parent);
      open.set(event.decisionId, {
        start: event,
        span,
        context: trace.setSpan(parent, span),
        decision: null,
        attempts: new Map(),
      });
      return true;
    },

    decisionMade(event: DecisionMade): boolean {
      const request = open.get(event.decisionId);
      if (!request || request.decision) return false;
      request.decision = event.decision;
      describeDecision(request.span, event);
      const instruments = scope.instruments();
      if (instruments) recordDecision(instruments, event);
      return true;
    },

    attemptStart(event: AttemptStart): boolean {
      const request = open.get(event.decisionId);
      if (!request || request.attempts.has(event.attempt)) return false;
      const span = startAttemptSpan(scope.tracer(), event, request);
      request.attempts.set(event.attempt, { start: event, span });
      return true;
    },

    /** The active context with the span of an attempt in it, or `null` when there is no such attempt in flight. */
    contextOf(decisionId: string, attempt: number): Context | null {
      const span: Span | undefined = open.get(decisionId)?.attempts.get(attempt)?.span;
      return span ? trace.setSpan(context.active(), span) : null;
    },

    attemptEnd(event: AttemptEnd): boolean {
      const attempts = open.get(event.decisionId)?.attempts;
      const attempt = attempts?.get(event.attempt);
      if (!attempts || !attempt) return false;
      attempts.delete(event.attempt);
      endAttemptSpan(attempt.span, event);
      const instruments = scope.instruments();
      if (instruments) recordAttempt(instruments, attempt.start, event);
      return true;
    },

    requestEnd(event: RequestEnd): boolean {
      const request = open.get(event.decisionId);
      if (!request) return false;
      open.delete(event.decisionId);
      try {
        for (const attempt of request.attempts.values()) abandon(scope, attempt);
      } finally {
        endRouteSpan(request.span, event, request.decision);
      }
      const instruments = scope.instruments();
      if (instruments) recordRequest(instruments, request, event);
      return true;
    },
  };
};

/** Ends an attempt that is still open when its request ends, such as the loser of a hedge: as cancelled. */
const abandon = (scope: Scope, { start, span }: OpenAttempt): void => {
  try {
    setOutcome(span, { status: 'cancelled', error: null });
  } finally {
    span.end();
  }
  const instruments = scope.instruments();
  if (instruments) countAttempt(instruments, start, 'cancelled');
};
