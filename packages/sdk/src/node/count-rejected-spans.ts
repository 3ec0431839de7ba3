import { diag } from '@opentelemetry/api';
import type { SpanExporter } from '@opentelemetry/sdk-trace';

type PartialSuccess = { partialSuccess?: { rejectedSpans?: number | string | null } | null };
type ResponseHandler = { handleResponse(response: PartialSuccess | null | undefined): void };

/**
 * Listens to the responses of an OTLP exporter and returns a function that takes the number of spans rejected since it
 * was last called. The exporter only logs a partial success and has no public way to hear of it, so this reaches for
 * its response handler; where a future version has none in that place, it says so once and counts no rejections.
 */
export const countRejectedSpans = (exporter: SpanExporter): (() => number) => {
  let rejected = 0;
  const handler = (exporter as { _delegate?: { _responseHandler?: ResponseHandler } })._delegate
    ?._responseHandler;
  if (typeof handler?.handleResponse !== 'function') {
    diag.warn(
      'Signalbox cannot see partial successes of this OTLP exporter; rejected spans count as accepted.',
    );
    return () => 0;
  }

  const log = handler.handleResponse.bind(handler);
  handler.handleResponse = (response) => {
    rejected += Number(response?.partialSuccess?.rejectedSpans ?? 0);
    log(response);
  };
  return () => {
    const taken = rejected;
    rejected = 0;
    return taken;
  };
};
