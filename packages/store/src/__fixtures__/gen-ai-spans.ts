import type { TraceRow } from '../rows/trace-row.js';
import { routeSpan } from './spans.js';

let spans = 0;

/** A span of an instrumentation that is not ours, with an id of its own. */
export function genAiSpan(
  ScopeName: string,
  SpanAttributes: Record<string, string>,
  overrides: Partial<TraceRow> = {},
): TraceRow {
  spans += 1;
  return routeSpan({
    SpanId: `span-${spans}`,
    SpanName: 'chat',
    SpanKind: 'Client',
    ScopeName,
    SpanAttributes,
    ...overrides,
  });
}

/** GenAI conventions, newest generation. */
export const GEN_AI_NEW = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'anthropic',
  'gen_ai.request.model': 'claude-opus-5',
  'gen_ai.request.stream': 'true',
  'gen_ai.response.model': 'claude-opus-5-20260801',
  'gen_ai.response.time_to_first_chunk': '0.25',
  'gen_ai.conversation.id': 'conversation-3',
  'gen_ai.usage.input_tokens': '1200',
  'gen_ai.usage.output_tokens': '300',
  'gen_ai.usage.cache_read.input_tokens': '1000',
  'gen_ai.usage.cache_write.input_tokens': '100',
  'gen_ai.usage.reasoning.output_tokens': '200',
};

/** GenAI conventions before 1.27. */
export const GEN_AI_OLD = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.system': 'az.ai.openai',
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.response.model': 'gpt-4o-2024-08-06',
  'gen_ai.usage.prompt_tokens': '40',
  'gen_ai.usage.completion_tokens': '8',
};

export const OPENLLMETRY = {
  'llm.request.type': 'chat',
  'gen_ai.system': 'Anthropic',
  'gen_ai.request.model': 'claude-haiku-5',
  'gen_ai.response.model': 'claude-haiku-5',
  'llm.is_streaming': 'False',
  'gen_ai.usage.prompt_tokens': '1900',
  'gen_ai.usage.completion_tokens': '70',
  'llm.usage.total_tokens': '1970',
  'gen_ai.usage.cache_read_input_tokens': '1500',
  'gen_ai.usage.cache_creation_input_tokens': '300',
  'traceloop.workflow.name': 'answer',
  'traceloop.entity.path': 'answer',
};

export const OPENINFERENCE = {
  'openinference.span.kind': 'LLM',
  'llm.model_name': 'gpt-5-mini',
  'llm.provider': 'openai',
  'llm.system': 'openai',
  'llm.token_count.prompt': '500',
  'llm.token_count.completion': '90',
  'llm.token_count.total': '590',
  'llm.token_count.prompt_details.cache_read': '400',
  'llm.token_count.completion_details.reasoning': '64',
  'llm.cost.total': '0.00123',
  'session.id': 'session-4',
  'user.id': 'user-9',
};

/** A leaf of the AI SDK before version 7. */
export const AI_SDK = {
  'operation.name': 'ai.streamText.doStream checkout',
  'ai.operationId': 'ai.streamText.doStream',
  'ai.model.id': 'gemini-3-flash',
  'ai.model.provider': 'google.generative-ai',
  'ai.response.model': 'gemini-3-flash',
  'ai.response.msToFirstChunk': '180.5',
  'ai.usage.inputTokens': '100',
  'ai.usage.outputTokens': '20',
  'ai.usage.totalTokens': '150',
  'ai.usage.reasoningTokens': '30',
  'gen_ai.system': 'google.generative-ai',
  'gen_ai.request.model': 'gemini-3-flash',
  'gen_ai.response.model': 'gemini-3-flash',
  'gen_ai.usage.input_tokens': '100',
  'gen_ai.usage.output_tokens': '20',
};

/** A leaf of `@ai-sdk/otel`. */
export const AI_SDK_OTEL = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-5',
  'gen_ai.response.model': 'gpt-5-2026-05-01',
  'gen_ai.usage.input_tokens': '3000',
  'gen_ai.usage.output_tokens': '700',
  'gen_ai.usage.cache_read.input_tokens': '2048',
  'gen_ai.usage.cache_creation.input_tokens': '0',
  'gen_ai.client.operation.duration': '2.5',
  'gen_ai.client.operation.time_to_first_chunk': '0.5',
};

export const OPENLIT = {
  'telemetry.sdk.name': 'openlit',
  'gen_ai.operation.name': 'chat',
  'gen_ai.system': 'mistral',
  'gen_ai.request.model': 'mistral-large',
  'gen_ai.response.model': 'mistral-large-2512',
  'gen_ai.request.is_stream': 'False',
  'gen_ai.usage.input_tokens': '11',
  'gen_ai.usage.output_tokens': '22',
  'gen_ai.usage.total_tokens': '33',
  'gen_ai.usage.cost': '0.0000451',
  'gen_ai.server.time_to_first_token': '1.25',
};
