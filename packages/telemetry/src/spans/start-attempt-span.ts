import { type Span, SpanKind, type Tracer } from '@opentelemetry/api';
import type { AttemptStart } from '@signalbox/spec';
import {
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MAX_TOKENS,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_REQUEST_STREAM,
  ATTR_GEN_AI_REQUEST_TEMPERATURE,
  ATTR_GEN_AI_REQUEST_TOP_P,
  ATTR_SIGNALBOX_ATTEMPT_CAUSE,
  ATTR_SIGNALBOX_ATTEMPT_NUMBER,
  ATTR_SIGNALBOX_ATTEMPT_TARGET,
  ATTR_SIGNALBOX_DECISION_ID,
  ATTR_SIGNALBOX_TENANT,
} from '@signalbox/spec/semconv';
import { knownAttributes } from '../known-attributes.js';
import type { OpenRequest } from '../open-request.js';
import { toProviderName } from './provider-name.js';

/**
 * Starts the CLIENT span `chat {model}` of an attempt below its route span. Everything that is known of the call is
 * given at creation, where samplers can see it.
 */
export const startAttemptSpan = (tracer: Tracer, event: AttemptStart, request: OpenRequest): Span =>
  tracer.startSpan(
    `chat ${event.target.model}`,
    {
      kind: SpanKind.CLIENT,
      attributes: knownAttributes({
        [ATTR_GEN_AI_OPERATION_NAME]: 'chat',
        [ATTR_GEN_AI_PROVIDER_NAME]: toProviderName(event.target.provider),
        [ATTR_GEN_AI_REQUEST_MODEL]: event.target.model,
        [ATTR_GEN_AI_REQUEST_STREAM]: event.stream ? true : null,
        [ATTR_GEN_AI_REQUEST_MAX_TOKENS]: event.settings.maxOutputTokens,
        [ATTR_GEN_AI_REQUEST_TEMPERATURE]: event.settings.temperature,
        [ATTR_GEN_AI_REQUEST_TOP_P]: event.settings.topP,
        [ATTR_GEN_AI_CONVERSATION_ID]: request.start.request.conversationId,
        [ATTR_SIGNALBOX_DECISION_ID]: event.decisionId,
        [ATTR_SIGNALBOX_TENANT]: request.start.request.tenant,
        [ATTR_SIGNALBOX_ATTEMPT_NUMBER]: event.attempt,
        [ATTR_SIGNALBOX_ATTEMPT_CAUSE]: event.cause,
        [ATTR_SIGNALBOX_ATTEMPT_TARGET]: event.target.id,
      }),
    },
    request.context,
  );
