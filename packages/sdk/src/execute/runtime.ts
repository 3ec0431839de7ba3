import type { LanguageModelV4 } from '@ai-sdk/provider';
import type { Clock, Policy, Random, Target } from '@signalbox/spec';
import type { SignalTracker } from '../signals/signal-tracker.js';
import type { ListenerHub } from './listener-hub.js';

/** What every call of one `Signalbox` shares. */
export type Runtime = {
  policy: Policy;
  /** Tenant of requests that name none. */
  defaultTenant: string;
  /** The targets of the policy with the models that serve them, by target id. */
  targets: ReadonlyMap<string, { target: Target; model: LanguageModelV4 }>;
  listeners: ListenerHub;
  signals: SignalTracker;
  clock: Clock;
  random: Random;
  /** Gives decision ids: UUIDv7. */
  newId: () => string;
  /** Gives 1, 2, 3, ... */
  nextSequence: () => number;
};
