import { context, type LoggerProvider, type MeterProvider, type TracerProvider } from '@opentelemetry/api';
import type { Listener } from '@signalbox/spec';
import { emitFeedback } from './events/emit-feedback.js';
import { observeRequests } from './observe-requests.js';
import { createScope } from './scope.js';

/** Where telemetry goes, and whether it is made at all. */
export type TelemetryOptions = {
  /** `false` makes a listener that does nothing. Default `true`. */
  enabled?: boolean | undefined;
  /** Where spans go. Default: the global provider, also when it is registered later. */
  tracerProvider?: TracerProvider | undefined;
  /** Where metrics go. Default: the global provider, also when it is registered later. */
  meterProvider?: MeterProvider | undefined;
  /** Where feedback goes. Default: the global provider, also when it is registered later. */
  loggerProvider?: LoggerProvider | undefined;
};

/** What did not become telemetry. All 0 in a healthy process. */
export type DroppedTelemetry = {
  /** Events whose handling threw. The error was swallowed, because telemetry never breaks a call. */
  errors: number;
  /** Message of the newest such error, or `null`. */
  lastError: string | null;
  /** Events that fit no request or attempt in flight (unknown, duplicate or late). They were ignored. */
  strayEvents: number;
};

/** A listener that counts what it could not turn into telemetry. */
export interface Telemetry extends Listener {
  dropped(): DroppedTelemetry;
}

/**
 * A listener that turns the events of routed requests into OpenTelemetry spans, metrics and log records. Works with any SDK, or with
 * none at next to no cost. Never throws and never waits; what it must drop it counts.
 */
export const createTelemetry = (options: TelemetryOptions = {}): Telemetry => {
  const dropped: DroppedTelemetry = { errors: 0, lastError: null, strayEvents: 0 };
  if (options.enabled === false) return { dropped: () => ({ ...dropped }) };

  const drop = (error: unknown): void => {
    dropped.errors += 1;
    dropped.lastError = error instanceof Error ? error.message : `a thrown ${typeof error}`;
  };
  const safely =
    <Event>(handle: (event: Event) => boolean) =>
    (event: Event): void => {
      try {
        if (!handle(event)) dropped.strayEvents += 1;
      } catch (error) {
        drop(error);
      }
    };
  const scope = createScope(options);
  const requests = observeRequests(scope);

  return {
    onRequestStart: safely(requests.requestStart),
    onDecisionMade: safely(requests.decisionMade),
    onAttemptStart: safely(requests.attemptStart),
    onAttemptEnd: safely(requests.attemptEnd),
    onRequestEnd: safely(requests.requestEnd),
    onFeedbackGiven: safely((event) => {
      emitFeedback(scope.logger(), event);
      return true;
    }),

    /** Runs `call` with the span of the attempt active, so that other instrumentations nest below it. */
    runAttempt<T>(decisionId: string, attempt: number, call: () => T): T {
      let called = false;
      const callOnce = (): T => {
        called = true;
        return call();
      };
      try {
        const active = requests.contextOf(decisionId, attempt);
        return active ? context.with(active, callOnce) : callOnce();
      } catch (error) {
        // What the call itself throws is the caller's; what the context manager throws before it is ours.
        if (called) throw error;
        drop(error);
        return call();
      }
    },

    dropped: () => ({ ...dropped }),
  };
};
