import type { LanguageModelV4 } from '@ai-sdk/provider';
import type { Policy } from '@signalbox/spec';
import type { ChatRequest } from '../chat/chat-request.js';
import type { ChatResult } from '../chat/chat-result.js';
import type { ChatStream } from '../chat/stream-chat.js';
import type { DecideRequest } from '../decide/decide-only.js';
import type { DecisionHandle } from '../decide/decision-handle.js';
import type { FeedbackOptions } from '../feedback/give-feedback.js';
import type { RoutingOptions } from '../routing/routing-options.js';

/** Routes and executes calls to language models. Every shape of use makes the same decisions and the same telemetry. */
export interface Signalbox {
  /** The compiled policy, with its version. */
  readonly policy: Policy;

  /**
   * A language model of the AI SDK (`LanguageModelV4`) that routes every call; cheap, so make one for each user or
   * feature. Set `maxRetries: 0` in `generateText` and `streamText`, because falling back is done here.
   *
   * The decision is in `providerMetadata.signalbox` of the answer. A call that failed at every target rejects with
   * `AllAttemptsFailedError`, whose `cause` is the provider's own error (as a rule an `APICallError`) and which the AI
   * SDK does not retry; an aborted one with the signal's reason. A stream that breaks after its first content sends an
   * `error` part with a `StreamInterruptedError`.
   */
  model(options?: RoutingOptions): LanguageModelV4;

  /**
   * Routes one request and returns the whole answer. Rejects with `NoCandidateError`, `UnknownModelError`,
   * `AllAttemptsFailedError`, or the reason of `abortSignal`; `TypeError` and `RangeError` for a malformed request.
   */
  chat(request: ChatRequest): Promise<ChatResult>;

  /** Routes one request and streams the answer. Does not throw: the errors of `chat()` come out of what it returns. */
  stream(request: ChatRequest): ChatStream;

  /** Decides only: for callers who call the provider themselves and `record()` how it went. Rejects as `chat()` does. */
  decide(request: DecideRequest): Promise<DecisionHandle>;

  /**
   * Says what somebody thinks of a decision: of this process or another, at any time, as often as they change their
   * mind; the newest of each kind counts. Goes out as telemetry, so it needs an OpenTelemetry SDK that exports logs.
   * Throws `TypeError` or `RangeError` for malformed feedback; whether the decision exists is not checked.
   */
  feedback(decisionId: string, feedback: FeedbackOptions): void;

  /**
   * How often a listener, the telemetry included, failed since the start. What listeners throw is swallowed, because
   * telemetry never breaks a call.
   */
  listenerErrors(): number;
}
