import type { LanguageModelV4 } from '@ai-sdk/provider';
import type { Clock, Policy, Random, ResolvedPrice, Target } from '@signalbox/spec';
import type { FeedbackLearner } from '../signals/feedback-learner.js';
import type { HeldTargets } from '../signals/held-targets.js';
import type { OutcomeTracker } from '../signals/outcome-tracker.js';
import type { SignalTracker } from '../signals/signal-tracker.js';
import type { ListenerHub } from './listener-hub.js';

/** A target and the language model behind it. */
export type ServedTarget = { target: Target; model: LanguageModelV4 };

/** What every call of one `Signalbox` shares. */
export type Runtime = {
  policy: Policy;
  /** Tenant of requests that name none. */
  defaultTenant: string;
  /** The target with this id and the model that serves it. The id comes from a decision, so it exists. */
  targetOf: (id: string) => ServedTarget;
  /** The price of the target with this id as looked up at the start; `null` when unknown. */
  priceOf: (id: string) => ResolvedPrice | null;
  listeners: ListenerHub;
  signals: SignalTracker;
  outcomes: OutcomeTracker;
  held: HeldTargets;
  feedback: FeedbackLearner;
  clock: Clock;
  random: Random;
  /** Gives decision ids: UUIDv7. */
  newId: () => string;
  /** Gives 1, 2, 3, ... */
  nextSequence: () => number;
};
