import type { LanguageModelV4Content } from '@ai-sdk/provider';
import { summarizeResult } from '../attempt/answer-summary.js';
import { generate } from '../execute/generate.js';
import { routeCall } from '../execute/route-call.js';
import type { Runtime } from '../execute/runtime.js';
import { type ChatRequest, toCallOptions } from './chat-request.js';
import { type ChatResult, toChatResult } from './chat-result.js';

const textOf = (content: readonly LanguageModelV4Content[]): string =>
  content.map((part) => (part.type === 'text' ? part.text : '')).join('');

/** Routes one request and returns the whole answer. See `Signalbox.chat`. */
export const chat = async (runtime: Runtime, request: ChatRequest): Promise<ChatResult> => {
  const call = toCallOptions(request);
  const open = routeCall(runtime, request, { call, stream: false });
  const { result, served, outcome } = await generate(runtime, open, call);
  const { finishReason } = summarizeResult(result);
  return toChatResult(open, { content: textOf(result.content), finishReason, served, outcome });
};
