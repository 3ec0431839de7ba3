import { type Context, type Span, SpanKind, type Tracer } from '@opentelemetry/api';
import type { RequestStart } from '@signalbox/spec';
import {
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_SIGNALBOX_DECISION_ID,
  ATTR_SIGNALBOX_DECISION_SEQUENCE,
  ATTR_SIGNALBOX_POLICY_NAME,
  ATTR_SIGNALBOX_POLICY_VERSION,
  ATTR_SIGNALBOX_PROMPT_CHARACTERS,
  ATTR_SIGNALBOX_SOURCE,
  ATTR_SIGNALBOX_TENANT,
  ATTR_USER_ID,
} from '@signalbox/spec/semconv';
import { knownAttributes } from '../known-attributes.js';

/** Starts the INTERNAL span `route {policy}` of a request, as a child of the span in `parent` where there is one. */
export const startRouteSpan = (tracer: Tracer, event: RequestStart, parent: Context): Span =>
  tracer.startSpan(
    `route ${event.policy.name}`,
    {
      kind: SpanKind.INTERNAL,
      attributes: knownAttributes({
        [ATTR_SIGNALBOX_DECISION_ID]: event.decisionId,
        [ATTR_SIGNALBOX_DECISION_SEQUENCE]: event.sequence,
        [ATTR_SIGNALBOX_POLICY_NAME]: event.policy.name,
        [ATTR_SIGNALBOX_POLICY_VERSION]: event.policy.version,
        [ATTR_SIGNALBOX_PROMPT_CHARACTERS]: event.request.prompt.length,
        [ATTR_SIGNALBOX_SOURCE]: event.request.source,
        [ATTR_SIGNALBOX_TENANT]: event.request.tenant,
        [ATTR_USER_ID]: event.request.userId,
        [ATTR_GEN_AI_CONVERSATION_ID]: event.request.conversationId,
      }),
    },
    parent,
  );
