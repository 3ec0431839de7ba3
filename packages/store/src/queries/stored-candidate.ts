import type { Candidate, Exclusion, TargetSignals } from '@signalbox/spec';
import { boolean, type Decoder, float, integer, nullable, record, text } from './decoders.js';

/** A candidate as stored. `null` means unknown, or that there was none; the reason is empty when it was malformed. */
export type StoredCandidate = Omit<
  Candidate,
  'provider' | 'model' | 'excluded' | 'probability' | 'signals'
> & {
  excluded: (Omit<Exclusion, 'reason'> & { reason: string }) | null;
  probability: number | null;
  signals:
    | (Omit<TargetSignals, 'successRate' | 'circuit'> & { successRate: number | null; circuit: string })
    | null;
};

/** SQL for the candidates of a row of `decisions`, one tuple for each. */
export const CANDIDATES = `
      arrayMap(
        (target, eligible, reason, detail, score, probability, terms, signals, cost, latency) -> CAST(
          (target, eligible, reason, detail, score, probability, terms, signals.1, signals.2, signals.3, signals.4, cost, latency),
          'Tuple(target String, eligible Bool, reason String, detail String, score Nullable(Float32), probability Nullable(Float32), terms Map(String, Float32), firstChunkMs Nullable(Float32), tokensPerSecond Nullable(Float32), successRate Nullable(Float32), circuit String, costNanoUsd Nullable(Int64), latencyMs Nullable(Float32))'
        ),
        candidates.target, candidates.eligible, candidates.excluded_reason, candidates.excluded_detail,
        candidates.score, candidates.probability, candidates.terms,
        arrayZip(candidates.first_chunk_ms, candidates.tokens_per_second, candidates.success_rate, candidates.circuit),
        candidates.estimated_cost_nano_usd, candidates.estimated_latency_ms
      )`;

/** A candidate as `CANDIDATES` gives it. */
export const candidate: Decoder<StoredCandidate> = (value) => {
  const row = record(value);
  const eligible = boolean(row.eligible);
  const circuit = text(row.circuit);
  return {
    target: text(row.target),
    eligible,
    excluded: eligible ? null : { reason: text(row.reason), detail: text(row.detail) },
    score: nullable(float)(row.score),
    probability: nullable(float)(row.probability),
    terms: record(row.terms) as Record<string, number>,
    signals:
      circuit === ''
        ? null
        : {
            firstChunkMs: nullable(float)(row.firstChunkMs),
            tokensPerSecond: nullable(float)(row.tokensPerSecond),
            successRate: nullable(float)(row.successRate),
            circuit,
          },
    estimatedCostNanoUsd: nullable(integer)(row.costNanoUsd),
    estimatedLatencyMs: nullable(float)(row.latencyMs),
  };
};
