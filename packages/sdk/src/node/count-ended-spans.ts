import { TraceFlags } from '@opentelemetry/api';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import type { SpanLedger } from './span-ledger.js';

/**
 * A span processor that enters every sampled span into the ledger and hands it to `next`, unless `maxPending` spans
 * wait already or the processor is shut down: then the span is lost, and counted. `next` must hold that many spans, so
 * that it never drops one by itself.
 */
export const countEndedSpans = (
  next: SpanProcessor,
  { ledger, maxPending }: { ledger: SpanLedger; maxPending: number },
): SpanProcessor => {
  let open = true;
  return {
    onStart: (span, parentContext) => next.onStart(span, parentContext),
    onEnd: (span) => {
      if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
      const fits = open && ledger.pending() < maxPending;
      ledger.end();
      if (fits) next.onEnd(span);
      else ledger.lose(1);
    },
    forceFlush: () => next.forceFlush(),
    shutdown: () => {
      open = false;
      return next.shutdown();
    },
  };
};
