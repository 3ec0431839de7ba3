import type { Decision } from './decision.js';
import type { Feedback } from './feedback.js';
import type { AttemptCause, AttemptOutcome, RequestOutcome } from './outcome.js';
import type { RoutingRequest } from './request.js';
import type { Target } from './target.js';

/** Opens a routed request. `decisionId` is a UUIDv7 and names the request from here on. */
export type RequestStart = {
  type: 'request-start';
  decisionId: string;
  /** Counts the requests of this process from 1 without gaps, so that a reader sees what telemetry lost. */
  sequence: number;
  policy: { name: string; version: string };
  request: RoutingRequest;
};

/** The router has chosen. Not sent when no candidate was left: then `request-end` follows at once. */
export type DecisionMade = {
  type: 'decision-made';
  decisionId: string;
  decision: Decision;
  /** Microseconds spent in `decide()`. */
  durationUs: number;
};

/** An upstream call begins. `attempt` counts from 1 within the request. */
export type AttemptStart = {
  type: 'attempt-start';
  decisionId: string;
  attempt: number;
  cause: AttemptCause;
  target: Target;
  stream: boolean;
  settings: { temperature: number | null; topP: number | null; maxOutputTokens: number | null };
};

/** The upstream call ended, exactly once for every `attempt-start`. */
export type AttemptEnd = {
  type: 'attempt-end';
  decisionId: string;
  attempt: number;
  outcome: AttemptOutcome;
  durationMs: number;
  /** Milliseconds to the first chunk of a stream; `null` when not streamed or none arrived. */
  timeToFirstChunkMs: number | null;
};

/** The routed request ended, exactly once for every `request-start`. */
export type RequestEnd = {
  type: 'request-end';
  decisionId: string;
  outcome: RequestOutcome;
  durationMs: number;
};

/** Somebody said something about a decision: of any process, at any time, as often as they like. The newest counts. */
export type FeedbackGiven = {
  type: 'feedback-given';
  decisionId: string;
  /** Tenant of the decision. */
  tenant: string;
  /** Who gave it, or `null`. */
  userId: string | null;
  /** When, in milliseconds since the epoch. */
  epochMs: number;
  feedback: Feedback;
};

/** Anything that happens to a request, told apart by `type`. A listener hears each kind with a method of its own. */
export type SignalboxEvent =
  | RequestStart
  | DecisionMade
  | AttemptStart
  | AttemptEnd
  | RequestEnd
  | FeedbackGiven;

/**
 * Hears what the SDK does. Called synchronously on the request path: must not block; what it throws is swallowed and
 * counted, because telemetry never breaks a call.
 */
export interface Listener {
  onRequestStart?(event: RequestStart): void;
  onDecisionMade?(event: DecisionMade): void;
  onAttemptStart?(event: AttemptStart): void;
  /**
   * Runs the upstream call of an attempt, so that a listener can make its span the active one.
   * Must call `call` exactly once and return what it returns.
   */
  runAttempt?<T>(decisionId: string, attempt: number, call: () => T): T;
  onAttemptEnd?(event: AttemptEnd): void;
  onRequestEnd?(event: RequestEnd): void;
  onFeedbackGiven?(event: FeedbackGiven): void;
}

/** Returns a number in [0, 1). Handed in wherever chance is needed. */
export type Random = () => number;

/** Time, handed in. `nowMs` is monotonic for durations, `epochMs` the wall clock. */
export interface Clock {
  nowMs(): number;
  epochMs(): number;
}
