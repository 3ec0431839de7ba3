// What a service installs: routes calls to language models, executes them, and signals every decision.
// A call goes signalbox/create-signalbox.ts → model/, chat/ or decide/ (the shapes of use) → execute/ (decide, attempts,
// outcome) → attempt/ (one upstream call). `@signalbox/sdk/node` sets up OpenTelemetry for services without it.
export {
  AllAttemptsFailedError,
  ConfigInvalidError,
  defineConfig,
  NoCandidateError,
  ProviderMissingError,
  type SignalboxConfig,
  SignalboxError,
  StreamInterruptedError,
  UnknownModelError,
} from '@signalbox/spec';
export type { ChatInput, ChatMessage, ChatRequest } from './chat/chat-request.js';
export type { ChatResult } from './chat/chat-result.js';
export type { ChatStream } from './chat/stream-chat.js';
export type { DecideRequest } from './decide/decide-only.js';
export type { DecisionHandle, RecordedOutcome } from './decide/decision-handle.js';
export type { FeedbackOptions } from './feedback/give-feedback.js';
export type { RoutingOptions } from './routing/routing-options.js';
export type { CreateSignalboxOptions } from './signalbox/create-runtime.js';
export { createSignalbox } from './signalbox/create-signalbox.js';
export type { Signalbox } from './signalbox/signalbox.js';
