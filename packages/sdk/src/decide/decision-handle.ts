import type { Decision, ErrorType, FinishReason, Target, TokenUsage } from '@signalbox/spec';

/** What the caller knows of its own call to the provider. Everything but `success` is optional; unknown stays unknown. */
export type RecordedOutcome = {
  success: boolean;
  /** Tokens as the provider reported them; `input` includes cached ones, `output` includes reasoning. */
  tokens?: Partial<TokenUsage> | undefined;
  /** Milliseconds of the call. Default: the time since the decision. */
  latencyMs?: number | undefined;
  /** Milliseconds to the first chunk, if it was streamed. */
  timeToFirstChunkMs?: number | undefined;
  /** Why it failed. `cancelled` is not counted as a failure of the target. Default: `unknown`. */
  errorType?: ErrorType | undefined;
  /** What went wrong, in words, for listeners. Not exported. */
  errorMessage?: string | undefined;
  /** HTTP status of the failure. */
  status?: number | undefined;
  finishReason?: FinishReason | undefined;
  /** Model name and id that the provider reported. */
  responseModel?: string | undefined;
  responseId?: string | undefined;
};

/** A decision for someone who calls the provider without Signalbox. */
export interface DecisionHandle {
  /** The decision id. */
  readonly id: string;
  readonly decision: Decision;
  /** The target to call: ask `target.provider` for `target.model`. */
  readonly target: Target;
  /**
   * Reports how the call ended. Call it exactly once, also after a failure. Returns `false`, and changes nothing, if
   * the outcome was recorded before. Without it the decision shows up nowhere, until 10,000 later ones are open too:
   * then it is reported as `cancelled`.
   */
  record(outcome: RecordedOutcome): boolean;
}
