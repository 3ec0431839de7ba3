import { openPriceBook, priceTargets } from '@signalbox/prices';
import { compilePolicy } from '@signalbox/router';
import type { Clock, Listener, PriceBook, Random, ResolvedConfig } from '@signalbox/spec';
import { v7 as uuidv7 } from 'uuid';
import { createListenerHub } from '../execute/listener-hub.js';
import type { Runtime } from '../execute/runtime.js';
import { resolveModels } from '../providers/resolve-models.js';
import { createFeedbackLearner } from '../signals/feedback-learner.js';
import { createHeldTargets } from '../signals/held-targets.js';
import { createOutcomeTracker } from '../signals/outcome-tracker.js';
import { createSignalTracker } from '../signals/signal-tracker.js';
import { createSequence, nextProcessSequence } from './process-sequence.js';
import { systemClock } from './system-clock.js';

/** What code may hand in beside the configuration. */
export type CreateSignalboxOptions = {
  /** Hear every event, after the telemetry. Called synchronously; what they throw is swallowed and counted. */
  listeners?: readonly Listener[] | undefined;
  /** Where prices come from. Default: the price file, the targets and the built-in catalogue (`@signalbox/prices`). */
  priceBook?: PriceBook | undefined;
  /** Default: the machine's. */
  clock?: Clock | undefined;
  /** Default: `Math.random`. */
  random?: Random | undefined;
  /** Gives decision ids. Default: UUIDv7. */
  newId?: (() => string) | undefined;
};

/** Puts together what the calls of one `Signalbox` share. `listeners` hear everything, in this order. */
export const createRuntime = (
  config: ResolvedConfig,
  listeners: readonly Listener[],
  options: CreateSignalboxOptions,
): Runtime => {
  const clock = options.clock ?? systemClock;
  // Prices are looked up once: one that changes while the process runs takes effect at the next start.
  const book = options.priceBook ?? openPriceBook(config);
  const now = new Date(clock.epochMs());
  const targets = priceTargets(config.targets, book, now);
  const prices = new Map(targets.map((target) => [target.id, book.priceOf(target, now)]));
  const served = resolveModels({ targets, providers: config.providers });
  const policy = compilePolicy(config.policy, targets);
  const outcomes = createOutcomeTracker();
  const feedback = createFeedbackLearner(outcomes);
  return {
    policy,
    defaultTenant: config.tenant,
    targetOf: (id) => {
      const entry = served.get(id);
      if (!entry) throw new Error(`"${id}" is not a target of the policy.`);
      return entry;
    },
    priceOf: (id) => prices.get(id) ?? null,
    listeners: createListenerHub([...listeners, feedback]),
    signals: createSignalTracker([...served.keys()], clock),
    outcomes,
    feedback,
    held: createHeldTargets(policy),
    clock,
    random: options.random ?? Math.random,
    newId: options.newId ?? (() => uuidv7()),
    nextSequence: config.telemetry.enabled ? nextProcessSequence : createSequence(),
  };
};
