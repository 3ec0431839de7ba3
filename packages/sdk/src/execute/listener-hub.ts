import type { Listener, SignalboxEvent } from '@signalbox/spec';

/** Tells every listener what happens, and keeps their errors away from the call. */
export interface ListenerHub {
  emit(event: SignalboxEvent): void;
  /** Runs the upstream call inside the `runAttempt` of every listener; `call` runs exactly once whatever they do. */
  runAttempt<T>(decisionId: string, attempt: number, call: () => Promise<T>): Promise<T>;
  /** How often a listener threw, or rejected, since the start. */
  errors(): number;
}

const deliver = (listener: Listener, event: SignalboxEvent): unknown => {
  switch (event.type) {
    case 'request-start':
      return listener.onRequestStart?.(event);
    case 'decision-made':
      return listener.onDecisionMade?.(event);
    case 'attempt-start':
      return listener.onAttemptStart?.(event);
    case 'attempt-end':
      return listener.onAttemptEnd?.(event);
    case 'request-end':
      return listener.onRequestEnd?.(event);
    case 'feedback-given':
      return listener.onFeedbackGiven?.(event);
  }
};

/** Creates the hub. Listeners are called in the order given. */
export const createListenerHub = (listeners: readonly Listener[]): ListenerHub => {
  let errors = 0;
  const countError = (): void => {
    errors += 1;
  };

  const emit = (event: SignalboxEvent): void => {
    for (const listener of listeners) {
      try {
        // A listener may be an async function in disguise: its rejection must not end the process.
        const returned = deliver(listener, event);
        if (returned instanceof Promise) returned.catch(countError);
      } catch {
        countError();
      }
    }
  };

  const runInside = <T>(
    listener: Listener,
    decisionId: string,
    attempt: number,
    call: () => Promise<T>,
  ): Promise<T> => {
    let running: Promise<T> | undefined;
    const callOnce = (): Promise<T> => {
      running ??= call();
      return running;
    };
    try {
      const returned = listener.runAttempt?.(decisionId, attempt, callOnce);
      if (returned !== running) returned?.catch(countError);
    } catch {
      countError();
    }
    return callOnce();
  };

  const runAttempt = <T>(decisionId: string, attempt: number, call: () => Promise<T>): Promise<T> =>
    listeners
      .filter((listener) => listener.runAttempt)
      .reduceRight<() => Promise<T>>(
        (inner, listener) => () => runInside(listener, decisionId, attempt, inner),
        call,
      )();

  return { emit, runAttempt, errors: () => errors };
};
