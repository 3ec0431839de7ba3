import type { Span } from '@opentelemetry/api';
import type { Decision, RequestEnd } from '@signalbox/spec';
import {
  ATTR_SIGNALBOX_ATTEMPTS,
  ATTR_SIGNALBOX_COST_NANO_USD,
  ATTR_SIGNALBOX_COST_SOURCE,
  ATTR_SIGNALBOX_PRICE_VERSION,
  ATTR_SIGNALBOX_SERVED_MODEL,
  ATTR_SIGNALBOX_SERVED_PROVIDER,
  ATTR_SIGNALBOX_SERVED_TARGET,
  ATTR_SIGNALBOX_TIME_TO_FIRST_CHUNK_MS,
  ATTR_SIGNALBOX_TOKENS_CACHE_READ,
  ATTR_SIGNALBOX_TOKENS_CACHE_WRITE,
  ATTR_SIGNALBOX_TOKENS_INPUT,
  ATTR_SIGNALBOX_TOKENS_OUTPUT,
  ATTR_SIGNALBOX_TOKENS_REASONING,
} from '@signalbox/spec/semconv';
import { knownAttributes } from '../known-attributes.js';
import { roundTo } from '../round-to.js';
import { setOutcome } from './set-outcome.js';

/** Writes the outcome of the request onto its route span and ends the span, whatever happens before. */
export const endRouteSpan = (span: Span, { outcome }: RequestEnd, decision: Decision | null): void => {
  try {
    if (!span.isRecording()) return;
    const served = decision?.candidates.find((candidate) => candidate.target === outcome.served);
    setOutcome(span, outcome);
    span.setAttributes(
      knownAttributes({
        [ATTR_SIGNALBOX_ATTEMPTS]: outcome.attempts,
        [ATTR_SIGNALBOX_SERVED_TARGET]: outcome.served,
        [ATTR_SIGNALBOX_SERVED_MODEL]: served?.model,
        [ATTR_SIGNALBOX_SERVED_PROVIDER]: served?.provider,
        [ATTR_SIGNALBOX_TOKENS_INPUT]: outcome.usage.input,
        [ATTR_SIGNALBOX_TOKENS_OUTPUT]: outcome.usage.output,
        [ATTR_SIGNALBOX_TOKENS_CACHE_READ]: outcome.usage.cacheRead,
        [ATTR_SIGNALBOX_TOKENS_CACHE_WRITE]: outcome.usage.cacheWrite,
        [ATTR_SIGNALBOX_TOKENS_REASONING]: outcome.usage.reasoning,
        [ATTR_SIGNALBOX_COST_NANO_USD]: outcome.costNanoUsd,
        [ATTR_SIGNALBOX_COST_SOURCE]: outcome.costSource,
        [ATTR_SIGNALBOX_PRICE_VERSION]: outcome.priceVersion,
        [ATTR_SIGNALBOX_TIME_TO_FIRST_CHUNK_MS]:
          outcome.timeToFirstChunkMs === null ? null : roundTo(outcome.timeToFirstChunkMs, 1),
      }),
    );
  } finally {
    span.end();
  }
};
