import type { Listener, SignalboxEvent } from '../routing/event.js';

/** A listener that keeps every event in order. `ofType` narrows, `clear` forgets. */
export const createEventRecorder = () => {
  const events: SignalboxEvent[] = [];
  const keep = (event: SignalboxEvent): void => {
    events.push(event);
  };
  const listener: Listener = {
    onRequestStart: keep,
    onDecisionMade: keep,
    onAttemptStart: keep,
    onAttemptEnd: keep,
    onRequestEnd: keep,
    onFeedbackGiven: keep,
  };
  return {
    listener,
    events: events as readonly SignalboxEvent[],
    ofType: <Type extends SignalboxEvent['type']>(type: Type) =>
      events.filter((event): event is Extract<SignalboxEvent, { type: Type }> => event.type === type),
    clear: (): void => {
      events.length = 0;
    },
  };
};
