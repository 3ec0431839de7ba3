import type { Attributes } from '@opentelemetry/api';
import type { AttemptEnd, AttemptStart, TokenUsage } from '@signalbox/spec';
import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_SIGNALBOX_ATTEMPT_CAUSE,
  ATTR_SIGNALBOX_ATTEMPT_TARGET,
  ATTR_SIGNALBOX_OUTCOME,
} from '@signalbox/spec/semconv';
import { knownAttributes } from '../known-attributes.js';
import { toProviderName } from '../spans/provider-name.js';
import type { Instruments } from './instruments.js';

/**
 * Records the metrics of an attempt that ended. The duration of a cancelled attempt is left out: its length is the
 * caller's doing and says nothing about the provider. Its tokens and its first chunk count like any other's.
 */
export const recordAttempt = (instruments: Instruments, start: AttemptStart, end: AttemptEnd): void => {
  const { outcome } = end;
  const model = knownAttributes({
    [ATTR_GEN_AI_OPERATION_NAME]: 'chat',
    [ATTR_GEN_AI_PROVIDER_NAME]: toProviderName(start.target.provider),
    [ATTR_GEN_AI_REQUEST_MODEL]: start.target.model,
    [ATTR_GEN_AI_RESPONSE_MODEL]: outcome.responseModel,
  });
  const errorType = outcome.status === 'failed' ? (outcome.error?.type ?? 'unknown') : null;

  countAttempt(instruments, start, outcome.status, errorType);
  if (outcome.status !== 'cancelled') {
    const attributes = knownAttributes({ ...model, [ATTR_ERROR_TYPE]: errorType });
    instruments.inferenceDuration.record(end.durationMs / 1000, attributes);
  }
  if (end.timeToFirstChunkMs !== null)
    instruments.timeToFirstChunk.record(end.timeToFirstChunkMs / 1000, model);
  addTokens(instruments, outcome.usage, model);
};

/** Counts an attempt by cause, target and outcome. */
export const countAttempt = (
  instruments: Instruments,
  start: AttemptStart,
  outcome: AttemptEnd['outcome']['status'],
  errorType: string | null = null,
): void =>
  instruments.attempts.add(
    1,
    knownAttributes({
      [ATTR_SIGNALBOX_ATTEMPT_CAUSE]: start.cause,
      [ATTR_SIGNALBOX_ATTEMPT_TARGET]: start.target.id,
      [ATTR_SIGNALBOX_OUTCOME]: outcome,
      [ATTR_ERROR_TYPE]: errorType,
    }),
  );

const addTokens = ({ tokens }: Instruments, usage: TokenUsage, attributes: Attributes): void => {
  for (const kind of ['input', 'output', 'cacheRead', 'cacheWrite', 'reasoning'] as const) {
    const count = usage[kind];
    if (count !== null) tokens[kind].add(count, attributes);
  }
};
