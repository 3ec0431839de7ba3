import type { IncomingHttpHeaders } from 'node:http';
import { combineFaults, type IncidentEffect } from '../incidents/incident-effect.js';
import { type AnswerPlan, planAnswer } from '../model/plan-answer.js';
import { createKeyedRandom } from '../random/keyed-random.js';
import type { Simulation } from '../simulation.js';
import { type ApiFailure, invalidRequest, modelNotFound } from './api-failure.js';
import type { CompletionTokens } from './completion.js';
import { type ChatRequest, parseChatRequest } from './parse-chat-request.js';
import { readSimulatorHeaders } from './read-simulator-headers.js';

/** Everything decided about a call when it arrives; what follows only takes time. */
export type ChatCall = {
  request: ChatRequest;
  plan: AnswerPlan;
  effect: IncidentEffect;
  tokens: CompletionTokens;
};

/** A call as it came in. */
export type IncomingChatCall = {
  /** From the path; absent on `/v1`, where the owner of the model is the provider. */
  provider: string | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
};

/** Decides what becomes of a call. A failure carries the model where one was found. */
export function resolveChatCall(
  { options, incidents, requestKeys }: Simulation,
  { provider: pathProvider, headers, body }: IncomingChatCall,
): ChatCall | { failure: ApiFailure; model?: string } {
  const parsed = parseChatRequest(body);
  if ('failure' in parsed) return parsed;
  const read = readSimulatorHeaders(headers);
  if ('failure' in read) return read;
  const { request } = parsed;
  const { model, promptTokens } = request;
  const profile = options.catalog.find(model);
  if (profile === null) return { failure: modelNotFound(model) };
  if (promptTokens > profile.contextTokens) {
    return { failure: contextTooLong(profile.contextTokens, promptTokens), model };
  }
  const provider = pathProvider ?? profile.ownedBy;
  const requestKey = requestKeys.next({
    provider,
    body,
    givenKey: read.headers.key,
    retryCount: headers['x-stainless-retry-count']?.toString(),
  });
  // The provider is part of the key: the same model at two providers must not fail together.
  const key = [options.seed, provider, model, requestKey] as const;
  const faults = incidents
    .activeFor(model, provider)
    .filter(({ id, share }) => share === 1 || createKeyedRandom(...key, id)() < share);
  const plan = planAnswer(
    { profile, requestedTokens: read.headers.outputTokens, maxTokens: request.maxTokens },
    createKeyedRandom(...key),
  );
  const tokens = {
    prompt: promptTokens,
    cached: Math.floor(promptTokens * profile.cachedShare),
    completion: plan.completionTokens,
    reasoning: plan.reasoningTokens,
  };
  const { fault } = read.headers;
  return { request, plan, effect: combineFaults(fault === null ? faults : [...faults, fault]), tokens };
}

function contextTooLong(contextTokens: number, promptTokens: number): ApiFailure {
  const message = `This model's maximum context length is ${contextTokens} tokens. However, your messages resulted in ${promptTokens} tokens. Please reduce the length of the messages.`;
  return invalidRequest(message, 'messages', 'context_length_exceeded');
}
