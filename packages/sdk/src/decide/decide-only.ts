import { type AttemptFailure, type Capability, ERROR_TYPES, type Target } from '@signalbox/spec';
import type { AnswerSummary } from '../attempt/answer-summary.js';
import { toTokenCount } from '../attempt/token-usage.js';
import { type ChatInput, toPrompt } from '../chat/chat-request.js';
import type { OpenAttempt } from '../execute/open-attempt.js';
import { type OpenRequest, openRequest } from '../execute/open-request.js';
import type { Runtime } from '../execute/runtime.js';
import { promptText } from '../routing/prompt-text.js';
import type { RoutingOptions } from '../routing/routing-options.js';
import { toRoutingRequest } from '../routing/to-routing-request.js';
import type { DecisionHandle, RecordedOutcome } from './decision-handle.js';
import type { Unrecorded } from './unrecorded.js';

/** A request to `decide()`. */
export type DecideRequest = RoutingOptions &
  ChatInput & {
    /** Instructions put before the conversation. */
    system?: string | undefined;
    /** What the target must be able to do. Default: nothing beyond text. */
    needs?: readonly Capability[] | undefined;
    /** Tokens of the answer that will be asked for at most. */
    maxOutputTokens?: number | undefined;
  };

const NEVER_RECORDED: AttemptFailure = {
  type: 'cancelled',
  message: 'The outcome was never recorded.',
  status: null,
};

const toFailure = (recorded: RecordedOutcome): AttemptFailure | null => {
  if (recorded.success) return null;
  const type = ERROR_TYPES.find((known) => known === recorded.errorType) ?? 'unknown';
  return { type, message: recorded.errorMessage ?? 'No message was given.', status: recorded.status ?? null };
};

const toSummary = ({ tokens, ...recorded }: RecordedOutcome): AnswerSummary => ({
  usage: {
    input: toTokenCount(tokens?.input),
    output: toTokenCount(tokens?.output),
    cacheRead: toTokenCount(tokens?.cacheRead),
    cacheWrite: toTokenCount(tokens?.cacheWrite),
    reasoning: toTokenCount(tokens?.reasoning),
  },
  responseModel: recorded.responseModel ?? null,
  responseId: recorded.responseId ?? null,
  finishReason: recorded.finishReason ?? null,
});

/** A duration that can be reported; anything else counts as not given. */
const toDuration = (ms: number | undefined): number | undefined =>
  ms !== undefined && Number.isFinite(ms) && ms >= 0 ? ms : undefined;

const EMPTY: RecordedOutcome = { success: false };

const openHandle = (
  { request, attempt, target }: { request: OpenRequest; attempt: OpenAttempt; target: Target },
  unrecorded: Unrecorded,
): DecisionHandle => {
  const { decisionId, decision } = request;

  const end = (recorded: RecordedOutcome, failure: AttemptFailure | null): void => {
    unrecorded.remove(decisionId);
    attempt.end({
      summary: toSummary(recorded),
      failure,
      durationMs: toDuration(recorded.latencyMs),
      timeToFirstChunkMs: toDuration(recorded.timeToFirstChunkMs),
    });
    request.end(failure ? { failure } : { served: target });
  };

  unrecorded.add(decisionId, () => end(EMPTY, NEVER_RECORDED));
  return {
    id: decisionId,
    decision,
    target,
    record: (recorded) => {
      if (request.outcome()) return false;
      end(recorded, toFailure(recorded));
      return true;
    },
  };
};

/** Decides, and leaves the call to the caller. See `Signalbox.decide`. */
export const decideOnly = async (
  runtime: Runtime,
  unrecorded: Unrecorded,
  options: DecideRequest,
): Promise<DecisionHandle> => {
  const maxOutputTokens = options.maxOutputTokens ?? null;
  const request = openRequest(
    runtime,
    toRoutingRequest(runtime, options, {
      prompt: promptText(toPrompt(options)),
      needs: options.needs ?? [],
      maxOutputTokens,
    }),
  );
  const { target } = runtime.targetOf(request.decision.selected);
  const attempt = request.startAttempt({
    target,
    cause: 'first',
    stream: false,
    settings: { temperature: null, topP: null, maxOutputTokens },
  });
  return openHandle({ request, attempt, target }, unrecorded);
};
