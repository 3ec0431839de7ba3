import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { SpanLedger } from './span-ledger.js';

/**
 * A span exporter that books what became of each batch: accepted, or lost. `takeRejected` returns how many spans the
 * collector refused within the batch that has just succeeded (OTLP partial success); those are lost, too.
 */
export const countExportedSpans = (
  next: SpanExporter,
  { ledger, takeRejected }: { ledger: SpanLedger; takeRejected: () => number },
): SpanExporter => ({
  export: (spans, done) =>
    next.export(spans, (result) => {
      const rejected = result.code === 0 ? Math.min(takeRejected(), spans.length) : spans.length;
      ledger.accept(spans.length - rejected);
      ledger.lose(rejected);
      done(result);
    }),
  forceFlush: async () => next.forceFlush?.(),
  shutdown: () => next.shutdown(),
});
