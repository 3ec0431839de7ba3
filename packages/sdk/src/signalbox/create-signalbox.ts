import { withCatalogue } from '@signalbox/catalogue';
import { ConfigInvalidError, parseConfig, type ResolvedConfig, type SignalboxConfig } from '@signalbox/spec';
import { createTelemetry } from '@signalbox/telemetry';
import { chat } from '../chat/chat.js';
import { streamChat } from '../chat/stream-chat.js';
import { decideOnly } from '../decide/decide-only.js';
import { createUnrecorded } from '../decide/unrecorded.js';
import { giveFeedback } from '../feedback/give-feedback.js';
import { createModel } from '../model/create-model.js';
import { type CreateSignalboxOptions, createRuntime } from './create-runtime.js';
import type { Signalbox } from './signalbox.js';

/** Decisions of `decide()` that may wait for their `record()` at the same time. */
const MAX_UNRECORDED = 10_000;

const requireTargets = (config: ResolvedConfig): void => {
  if (config.targets.length > 0) return;
  throw new ConfigInvalidError({
    source: 'The configuration',
    issues: [{ path: 'targets', message: 'must have at least one target' }],
  });
};

/**
 * Creates a Signalbox from a configuration as users write it (see `defineConfig`). What its targets do not say of their
 * models comes from `@signalbox/catalogue`. Fails here and not at the first call:
 * `ConfigInvalidError` with the paths of the bad fields, `ProviderMissingError` for a target without its provider.
 * Holds no connection and no timer, so there is nothing to close.
 */
export const createSignalbox = (config: SignalboxConfig, options: CreateSignalboxOptions = {}): Signalbox => {
  const resolved = parseConfig(withCatalogue(config));
  requireTargets(resolved);
  const telemetry = createTelemetry({ enabled: resolved.telemetry.enabled });
  const runtime = createRuntime(resolved, [telemetry, ...(options.listeners ?? [])], options);
  const unrecorded = createUnrecorded(MAX_UNRECORDED);

  return {
    policy: runtime.policy,
    model: (routing = {}) => createModel(runtime, routing),
    chat: (request) => chat(runtime, request),
    stream: (request) => streamChat(runtime, request),
    decide: (request) => decideOnly(runtime, unrecorded, request),
    feedback: (decisionId, feedback) => giveFeedback(runtime, decisionId, feedback),
    listenerErrors: () => runtime.listeners.errors() + telemetry.dropped().errors,
  };
};
