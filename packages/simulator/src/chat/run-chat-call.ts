import type { ServerResponse } from 'node:http';
import type { Simulation } from '../simulation.js';
import type { RequestOutcome } from '../simulator-stats.js';
import type { Answer, AnswerEnd, Pace } from './answer.js';
import { answerPlain } from './answer-plain.js';
import { answerStream } from './answer-stream.js';
import { type ApiFailure, providerFailure } from './api-failure.js';
import { type ClientConnection, watchClient } from './client-connection.js';
import { createCompletion } from './completion.js';
import type { ChatCall } from './resolve-chat-call.js';
import { sendFailure } from './send-failure.js';

/** Plays a resolved call on its response, in time, and counts it. Resolves when the call is over. */
export async function runChatCall(
  { options, stats }: Simulation,
  call: ChatCall,
  response: ServerResponse,
): Promise<void> {
  const countEnd = stats.begin(call.request.model);
  const connection = watchClient(response);
  const pace = toPace(call, options.timeScale);
  response.setHeader('x-simulator-first-token-ms', (pace.firstTokenMs * options.timeScale).toFixed(3));
  if (call.effect.hangs && call.effect.refusal === null) {
    await connection.untilGone();
    countEnd({ kind: 'abandoned' });
    return;
  }
  const failure = await failureInTime(call, { connection, pace, timeScale: options.timeScale });
  if (connection.isGone()) {
    countEnd({ kind: 'abandoned' });
  } else if (failure) {
    countEnd({ kind: 'failed', status: failure.status });
    sendFailure(response, failure);
  } else {
    await answerCall(call, { response, connection, pace, countEnd });
  }
}

type AnswerCallOptions = Pick<Answer, 'response' | 'connection' | 'pace'> & {
  countEnd: (outcome: RequestOutcome) => void;
};

async function answerCall(call: ChatCall, { countEnd, ...delivery }: AnswerCallOptions): Promise<void> {
  const { request, plan, tokens, effect } = call;
  const { includeUsage, model, stream } = request;
  const answer: Answer = {
    ...delivery,
    plan,
    includeUsage,
    completion: createCompletion({ model, tokens, includeUsage }),
    cutAfterTokens: effect.cutAfterTokens,
    // Counted before the last byte leaves: a client that asks for the stats next must find its call.
    onComplete: () =>
      countEnd({ kind: 'succeeded', tokensInput: tokens.prompt, tokensOutput: tokens.completion }),
  };
  const end: AnswerEnd = stream ? await answerStream(answer) : await answerPlain(answer);
  if (end !== 'completed') countEnd({ kind: end });
}

function toPace({ plan, effect }: ChatCall, timeScale: number): Pace {
  return {
    firstTokenMs: (plan.firstTokenMs * effect.latencyFactor) / timeScale,
    tokensPerMs: ((plan.tokensPerSecond / 1_000) * timeScale) / effect.latencyFactor,
  };
}

type FailureTiming = { connection: ClientConnection; pace: Pace; timeScale: number };

/** Returns the failure of the call, if any: refusals at once, drawn server errors when the first token was due. */
async function failureInTime(
  { request, plan, effect }: ChatCall,
  { connection, pace, timeScale }: FailureTiming,
): Promise<ApiFailure | null> {
  const { refusal } = effect;
  if (refusal?.status === 503) return providerFailure(503, request.model);
  if (refusal?.status === 429) {
    return {
      ...providerFailure(429, request.model),
      retryAfterSeconds: refusal.retryAfterSeconds / timeScale,
    };
  }
  if (plan.errorStatus === null) return null;
  if (plan.errorStatus !== 429) await connection.pause(pace.firstTokenMs);
  return providerFailure(plan.errorStatus, request.model);
}
