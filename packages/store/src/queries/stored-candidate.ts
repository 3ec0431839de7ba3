import type { Candidate, Exclusion, TargetSignals } from '@signalbox/spec';
import { boolean, type Decoder, float, integer, nullable, record, text } from './decoders.js';

/** A candidate as stored. `null` means unknown, or that there was none; the reason is empty when it was malformed. */
export type StoredCandidate = Omit<Candidate, 'provider' | 'model' | 'excluded' | 'signals'> & {
  excluded: (Omit<Exclusion, 'reason'> & { reason: string }) | null;
  signals: StoredSignals | null;
};

type StoredSignals = { circuit: string; health: string | null } & {
  [Name in Exclude<keyof TargetSignals, 'circuit' | 'health'>]: number | null;
};

/** SQL for the candidates of a row of `decisions`, one tuple for each. */
export const CANDIDATES = `
      arrayMap(
        (target, eligible, reason, detail, score, probability, names, values, signals, outcomes, cost, latency) -> CAST(
          (
            target, eligible, reason, detail, score, probability, mapFromArrays(names, values),
            signals.1, signals.2, signals.3, signals.4, signals.5, signals.6, signals.7,
            outcomes.1, outcomes.2, outcomes.3, outcomes.4, cost, latency
          ),
          'Tuple(target String, eligible Bool, reason String, detail String, score Nullable(Float64), probability Float64, terms Map(String, Float64), firstChunkMs Nullable(UInt32), tokensPerSecond Nullable(Float32), successRate Nullable(Float64), circuit String, health String, requestsLeft Nullable(UInt64), tokensLeft Nullable(UInt64), successes Nullable(Float32), failures Nullable(Float32), userSuccesses Nullable(Float32), userFailures Nullable(Float32), costNanoUsd Nullable(Int64), latencyMs Nullable(UInt32))'
        ),
        candidates.target, candidates.eligible, candidates.excluded_reason, candidates.excluded_detail,
        candidates.score, candidates.probability, candidates.term_names, candidates.term_values,
        arrayZip(
          candidates.first_chunk_ms, candidates.tokens_per_second, candidates.success_rate, candidates.circuit,
          candidates.health, candidates.requests_left, candidates.tokens_left
        ),
        arrayZip(
          candidates.successes, candidates.failures, candidates.user_successes, candidates.user_failures
        ),
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
    probability: float(row.probability),
    terms: record(row.terms) as Record<string, number>,
    signals: circuit === '' ? null : { circuit, ...measured(row), ...outcomes(row) },
    estimatedCostNanoUsd: nullable(integer)(row.costNanoUsd),
    estimatedLatencyMs: nullable(integer)(row.latencyMs),
  };
};

const measured = (row: Record<string, unknown>) => ({
  firstChunkMs: nullable(integer)(row.firstChunkMs),
  tokensPerSecond: nullable(float)(row.tokensPerSecond),
  successRate: nullable(float)(row.successRate),
  health: text(row.health) || null,
  requestsLeft: nullable(integer)(row.requestsLeft),
  tokensLeft: nullable(integer)(row.tokensLeft),
});

const outcomes = (row: Record<string, unknown>) => ({
  successes: nullable(float)(row.successes),
  failures: nullable(float)(row.failures),
  userSuccesses: nullable(float)(row.userSuccesses),
  userFailures: nullable(float)(row.userFailures),
});
