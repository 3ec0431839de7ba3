import type { Context, Span } from '@opentelemetry/api';
import type { AttemptStart, Decision, RequestStart } from '@signalbox/spec';

/** An upstream call in flight. */
export type OpenAttempt = { start: AttemptStart; span: Span };

/** A routed request in flight: what later events need. `context` carries the route span, to parent the attempts. */
export type OpenRequest = {
  start: RequestStart;
  span: Span;
  context: Context;
  /** `null` until the router has chosen, and for good when no candidate was left. */
  decision: Decision | null;
  attempts: Map<number, OpenAttempt>;
};
