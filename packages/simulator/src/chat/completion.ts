import { randomUUID } from 'node:crypto';
import type { AnswerPlan } from '../model/plan-answer.js';

/** The token counts of one answer. */
export type CompletionTokens = { prompt: number; cached: number; completion: number; reasoning: number };

/** Builds the bodies of one answer, plain or streamed; they share id and time. */
export type Completion = {
  /** The body of a plain answer. */
  whole(plan: AnswerPlan): object;
  /** A chunk of a stream. */
  chunk(delta: object, finishReason?: string): object;
  /** The chunk with the usage, after the last choice. */
  usageChunk(): object;
};

/** What the bodies of one answer have in common. */
export type CompletionOptions = { model: string; tokens: CompletionTokens; includeUsage: boolean };

/** Creates the bodies in the shape that OpenAI sends them. */
export function createCompletion({ model, tokens, includeUsage }: CompletionOptions): Completion {
  const head = {
    id: `chatcmpl-${randomUUID().replaceAll('-', '')}`,
    created: Math.floor(Date.now() / 1_000),
    model,
    service_tier: 'default',
    system_fingerprint: 'fp_simulator',
  };
  const chunkHead = { ...head, object: 'chat.completion.chunk' };
  // OpenAI sends `usage: null` on all other chunks where usage was asked for, and no key otherwise.
  const usage = includeUsage ? { usage: null } : {};
  return {
    whole: ({ text, finishReason }) => ({
      ...head,
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: text, refusal: null, annotations: [] },
          logprobs: null,
          finish_reason: finishReason,
        },
      ],
      usage: toUsage(tokens),
    }),
    chunk: (delta, finishReason) => ({
      ...chunkHead,
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason ?? null }],
      ...usage,
    }),
    usageChunk: () => ({ ...chunkHead, choices: [], usage: toUsage(tokens) }),
  };
}

function toUsage({ prompt, cached, completion, reasoning }: CompletionTokens): object {
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}
