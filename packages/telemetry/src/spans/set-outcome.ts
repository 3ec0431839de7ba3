import { type Span, SpanStatusCode } from '@opentelemetry/api';
import type { AttemptFailure } from '@signalbox/spec';
import { ATTR_ERROR_TYPE, ATTR_SIGNALBOX_OUTCOME } from '@signalbox/spec/semconv';

type Outcome = { status: 'succeeded' | 'failed' | 'cancelled'; error: AttemptFailure | null };

/**
 * Marks how a route or attempt ended. Only a failure sets the status, to ERROR with `error.type`; success leaves it
 * unset, and so does a cancellation, which is no failure: `signalbox.outcome` tells it apart.
 * The message of the error is not sent: providers quote prompts and keys in it.
 */
export const setOutcome = (span: Span, { status, error }: Outcome): void => {
  span.setAttribute(ATTR_SIGNALBOX_OUTCOME, status);
  if (status !== 'failed') return;
  span.setAttribute(ATTR_ERROR_TYPE, error?.type ?? 'unknown');
  span.setStatus({ code: SpanStatusCode.ERROR });
};
