import type { Span } from '@opentelemetry/api';
import type { AttemptEnd } from '@signalbox/spec';
import {
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SIGNALBOX_ATTEMPT_COST_NANO_USD,
  ATTR_SIGNALBOX_COST_SOURCE,
  ATTR_SIGNALBOX_PRICE_VERSION,
} from '@signalbox/spec/semconv';
import { knownAttributes } from '../known-attributes.js';
import { roundTo } from '../round-to.js';
import { setOutcome } from './set-outcome.js';

/** Writes the outcome of an attempt onto its span and ends the span, whatever happens before. */
export const endAttemptSpan = (span: Span, { outcome, timeToFirstChunkMs }: AttemptEnd): void => {
  try {
    if (!span.isRecording()) return;
    setOutcome(span, outcome);
    span.setAttributes(
      knownAttributes({
        [ATTR_GEN_AI_RESPONSE_ID]: outcome.responseId,
        [ATTR_GEN_AI_RESPONSE_MODEL]: outcome.responseModel,
        [ATTR_GEN_AI_RESPONSE_FINISH_REASONS]: outcome.finishReason && [outcome.finishReason.unified],
        [ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK]:
          timeToFirstChunkMs === null ? null : roundTo(timeToFirstChunkMs / 1000, 4),
        [ATTR_GEN_AI_USAGE_INPUT_TOKENS]: outcome.usage.input,
        [ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]: outcome.usage.output,
        [ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS]: outcome.usage.cacheRead,
        [ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS]: outcome.usage.cacheWrite,
        [ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS]: outcome.usage.reasoning,
        [ATTR_SIGNALBOX_ATTEMPT_COST_NANO_USD]: outcome.costNanoUsd,
        [ATTR_SIGNALBOX_COST_SOURCE]: outcome.costSource,
        [ATTR_SIGNALBOX_PRICE_VERSION]: outcome.priceVersion,
        [ATTR_HTTP_RESPONSE_STATUS_CODE]: outcome.error?.status,
      }),
    );
  } finally {
    span.end();
  }
};
