import { toDateTime64 } from '../rows/date-time64.js';
import type { TraceRow } from '../rows/trace-row.js';
import { routeSpan } from './spans.js';

/** What rollups are made of, as plain values. `null` is left out of the span. */
export type SampleDecision = {
  id: string;
  tenant: string;
  /** Unix milliseconds. */
  time: number;
  user: string;
  servedModel: string | null;
  selectedModel: string | null;
  route: string | null;
  taskType: string | null;
  complexity: string | null;
  strategy: string | null;
  outcome: 'succeeded' | 'failed' | 'cancelled';
  errorType: string | null;
  override: boolean;
  explored: boolean;
  coalesced: boolean;
  attempts: number | null;
  cache: string | null;
  tokens: Record<'input' | 'output' | 'cache_read' | 'cache_write' | 'reasoning', number | null>;
  costNanoUsd: number | null;
  latencyNs: number;
  timeToFirstChunkMs: number | null;
  decideUs: number | null;
  confidence: number | null;
};

/** A decision in which nothing is remarkable. */
export const SAMPLE: SampleDecision = {
  id: 'sample',
  tenant: 'acme',
  time: 0,
  user: 'user-1',
  servedModel: 'small',
  selectedModel: 'small',
  route: 'code',
  taskType: 'coding',
  complexity: 'simple',
  strategy: 'balanced',
  outcome: 'succeeded',
  errorType: null,
  override: false,
  explored: false,
  coalesced: false,
  attempts: 1,
  cache: 'miss',
  tokens: { input: 100, output: 10, cache_read: 0, cache_write: null, reasoning: null },
  costNanoUsd: 1000,
  latencyNs: 250_000_000,
  timeToFirstChunkMs: 20,
  decideUs: 40,
  confidence: 0.95,
};

/** The route span of a decision. A model's provider is `maker of MODEL`, its target `MODEL target`. */
export function sampleSpan(decision: SampleDecision): TraceRow {
  const { tokens, servedModel, selectedModel } = decision;
  const attributes: Record<string, string | number | boolean | null> = {
    'signalbox.decision.id': decision.id,
    'signalbox.decision.sequence': 1,
    'signalbox.tenant': decision.tenant,
    'user.id': decision.user,
    'signalbox.served.model': servedModel,
    'signalbox.served.provider': servedModel && `maker of ${servedModel}`,
    'signalbox.served.target': servedModel && `${servedModel} target`,
    'signalbox.selected.model': selectedModel,
    'signalbox.selected.provider': selectedModel && `maker of ${selectedModel}`,
    'signalbox.selected.target': selectedModel && `${selectedModel} target`,
    'signalbox.route': decision.route,
    'signalbox.task.type': decision.taskType,
    'signalbox.task.complexity': decision.complexity,
    'signalbox.strategy': decision.strategy,
    'signalbox.outcome': decision.outcome,
    'error.type': decision.errorType,
    'signalbox.override': decision.override,
    'signalbox.explored': decision.explored,
    'signalbox.coalesced': decision.coalesced,
    'signalbox.attempts': decision.attempts,
    'signalbox.cache': decision.cache,
    ...Object.fromEntries(Object.entries(tokens).map(([kind, n]) => [`signalbox.tokens.${kind}`, n])),
    'signalbox.cost.nano_usd': decision.costNanoUsd,
    'signalbox.time_to_first_chunk_ms': decision.timeToFirstChunkMs,
    'signalbox.decide.duration_us': decision.decideUs,
    'signalbox.confidence': decision.confidence,
  };
  return routeSpan({
    TraceId: `trace of ${decision.id}`,
    Timestamp: toDateTime64(BigInt(decision.time) * 1_000_000n),
    Duration: BigInt(decision.latencyNs),
    SpanAttributes: Object.fromEntries(
      Object.entries(attributes).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])),
    ),
  });
}
