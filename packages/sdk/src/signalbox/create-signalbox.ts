import { compilePolicy } from '@signalbox/router';
import {
  type Clock,
  ConfigInvalidError,
  type Listener,
  parseConfig,
  type Random,
  type ResolvedConfig,
  type SignalboxConfig,
} from '@signalbox/spec';
import { createTelemetry } from '@signalbox/telemetry';
import { v7 as uuidv7 } from 'uuid';
import { chat } from '../chat/chat.js';
import { streamChat } from '../chat/stream-chat.js';
import { decideOnly } from '../decide/decide-only.js';
import { createUnrecorded } from '../decide/unrecorded.js';
import { createListenerHub } from '../execute/listener-hub.js';
import type { Runtime } from '../execute/runtime.js';
import { createModel } from '../model/create-model.js';
import { resolveModels } from '../providers/resolve-models.js';
import { createSignalTracker } from '../signals/signal-tracker.js';
import { createSequence, nextProcessSequence } from './process-sequence.js';
import type { Signalbox } from './signalbox.js';
import { systemClock } from './system-clock.js';

/** What code may hand in beside the configuration. */
export type CreateSignalboxOptions = {
  /** Hear every event, after the telemetry. Called synchronously; what they throw is swallowed and counted. */
  listeners?: readonly Listener[] | undefined;
  /** Default: the machine's. */
  clock?: Clock | undefined;
  /** Default: `Math.random`. */
  random?: Random | undefined;
  /** Gives decision ids. Default: UUIDv7. */
  newId?: (() => string) | undefined;
};

/** Decisions of `decide()` that may wait for their `record()` at the same time. */
const MAX_UNRECORDED = 10_000;

const requireTargets = (config: ResolvedConfig): void => {
  if (config.targets.length > 0) return;
  throw new ConfigInvalidError({
    source: 'The configuration',
    issues: [{ path: 'targets', message: 'must have at least one target' }],
  });
};

const createRuntime = (config: ResolvedConfig, options: CreateSignalboxOptions): Runtime => {
  const { enabled } = config.telemetry;
  const clock = options.clock ?? systemClock;
  return {
    policy: compilePolicy(config.policy, config.targets),
    defaultTenant: config.tenant,
    targets: resolveModels(config),
    listeners: createListenerHub([...(enabled ? [createTelemetry()] : []), ...(options.listeners ?? [])]),
    signals: createSignalTracker(
      config.targets.map(({ id }) => id),
      clock,
    ),
    clock,
    random: options.random ?? Math.random,
    newId: options.newId ?? (() => uuidv7()),
    nextSequence: enabled ? nextProcessSequence : createSequence(),
  };
};

/**
 * Creates a Signalbox from a configuration as users write it (see `defineConfig`). Fails here and not at the first call:
 * `ConfigInvalidError` with the paths of the bad fields, `ProviderMissingError` for a target without its provider.
 * Holds no connection and no timer, so there is nothing to close.
 */
export const createSignalbox = (config: SignalboxConfig, options: CreateSignalboxOptions = {}): Signalbox => {
  const resolved = parseConfig(config);
  requireTargets(resolved);
  const runtime = createRuntime(resolved, options);
  const unrecorded = createUnrecorded(MAX_UNRECORDED);

  return {
    policy: runtime.policy,
    model: (routing = {}) => createModel(runtime, routing),
    chat: (request) => chat(runtime, request),
    stream: (request) => streamChat(runtime, request),
    decide: (request) => decideOnly(runtime, unrecorded, request),
    listenerErrors: () => runtime.listeners.errors(),
  };
};
