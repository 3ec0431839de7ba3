import type { Attributes } from '@opentelemetry/api';
import type { Asked } from '@signalbox/spec';
import {
  ATTR_SIGNALBOX_ANSWER_TOKENS_MAX,
  ATTR_SIGNALBOX_NEEDS,
  ATTR_SIGNALBOX_REQUESTED_MAX_COST_NANO_USD,
  ATTR_SIGNALBOX_REQUESTED_MAX_COST_PER_1M_TOKENS_NANO_USD,
  ATTR_SIGNALBOX_REQUESTED_MAX_LATENCY_MS,
  ATTR_SIGNALBOX_REQUESTED_MAX_WORST_COST_NANO_USD,
  ATTR_SIGNALBOX_REQUESTED_MODEL,
  ATTR_SIGNALBOX_REQUESTED_PREFERENCES,
  ATTR_SIGNALBOX_REQUESTED_RESIDENCY,
  ATTR_SIGNALBOX_REQUESTED_STRATEGY,
} from '@signalbox/spec/semconv';
import { knownAttributes, someOf } from '../known-attributes.js';

/** What the caller asked for, as attributes of the route span. Most callers ask for nothing, which costs nothing. */
export const describeAsked = ({ limits, preferences, ...asked }: Asked): Attributes =>
  knownAttributes({
    [ATTR_SIGNALBOX_REQUESTED_MODEL]: asked.model,
    [ATTR_SIGNALBOX_REQUESTED_STRATEGY]: asked.strategy,
    [ATTR_SIGNALBOX_REQUESTED_PREFERENCES]: preferences && [
      preferences.costSensitivity,
      preferences.speedPreference,
      preferences.qualityPreference,
    ],
    [ATTR_SIGNALBOX_REQUESTED_RESIDENCY]: someOf(asked.residency),
    [ATTR_SIGNALBOX_REQUESTED_MAX_COST_NANO_USD]: limits.costNanoUsd,
    [ATTR_SIGNALBOX_REQUESTED_MAX_WORST_COST_NANO_USD]: limits.worstCostNanoUsd,
    [ATTR_SIGNALBOX_REQUESTED_MAX_COST_PER_1M_TOKENS_NANO_USD]: limits.costPer1MTokensNanoUsd,
    [ATTR_SIGNALBOX_REQUESTED_MAX_LATENCY_MS]: limits.latencyMs,
    [ATTR_SIGNALBOX_NEEDS]: someOf(asked.needs),
    [ATTR_SIGNALBOX_ANSWER_TOKENS_MAX]: asked.maxOutputTokens,
  });
