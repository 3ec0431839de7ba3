import { integer, nullable } from './decoders.js';
import type { RunOfTenant } from './run-of-tenant.js';
import { bindTenant, ofTenant, type TenantQuery } from './tenant-scope.js';

/** What is stored of one run of one process. Sums are over the view `decisions`, which has each decision once. */
export type StoredRun = {
  /** Rows in `decisions_raw`, repetitions included. ClickHouse removes repetitions when it merges. */
  rawDecisions: number;
  distinctDecisions: number;
  /** Rows in the view `decisions`. */
  viewDecisions: number;
  tokensInput: number | null;
  tokensOutput: number | null;
  costNanoUsd: number | null;
  routeSpanRows: number;
  distinctRouteSpans: number;
  attemptSpanRows: number;
  distinctAttemptSpans: number;
  /** Decisions that made an attempt, as they say, of which no attempt span is stored. */
  decisionsWithoutAttempt: number;
  /** `null` without decisions. */
  sequenceMin: number | null;
  sequenceMax: number | null;
  /** Sequence numbers from 1 to `sequenceMax` that are missing. What is lost at the end of a run leaves no gap. */
  sequenceGaps: number;
  /**
   * Decisions whose cost is not the sum of the costs of their attempts. A decision of unknown cost counts only when the
   * cost of each of its attempts is known.
   */
  costMismatches: number;
};

/** One row: everything that must agree after a run. Spans are counted in `otel_traces`. */
export const reconcileRun: TenantQuery<RunOfTenant, StoredRun> = {
  name: 'reconcileRun',
  sql: `
    WITH
      raw AS (
        SELECT count() AS rows, uniqExact(decision_id) AS ids
        FROM decisions_raw
        WHERE service_instance_id = {serviceInstanceId:String} AND ${ofTenant('tenant')}
      ),
      spans AS (
        SELECT
          countIf(is_route) AS route_rows,
          uniqExactIf((TraceId, SpanId), is_route) AS routes,
          countIf(is_attempt) AS attempt_rows,
          uniqExactIf((TraceId, SpanId), is_attempt) AS attempts
        FROM (
          SELECT
            TraceId,
            SpanId,
            SpanAttributes['signalbox.decision.sequence'] != '' AS is_route,
            SpanAttributes['signalbox.attempt.number'] != '' AS is_attempt
          FROM otel_traces
          WHERE ScopeName = 'signalbox'
            AND ResourceAttributes['service.instance.id'] = {serviceInstanceId:String}
            AND ${ofTenant("SpanAttributes['signalbox.tenant']")}
        )
      ),
      costs AS (
        SELECT
          decision_id,
          sum(cost_nano_usd) AS cost,
          countIf(cost_nano_usd IS NULL) AS unknown,
          count() AS attempts
        FROM attempts
        WHERE service_instance_id = {serviceInstanceId:String} AND ${ofTenant('tenant')}
        GROUP BY decision_id
      ),
      run AS (
        SELECT
          count() AS rows,
          sum(decisions.tokens_input) AS tokens_input,
          sum(decisions.tokens_output) AS tokens_output,
          sum(decisions.cost_nano_usd) AS cost,
          countIf(costs.attempts = 0 AND ifNull(decisions.attempts, 1) > 0) AS without_attempt,
          minOrNull(decisions.decision_sequence) AS sequence_min,
          maxOrNull(decisions.decision_sequence) AS sequence_max,
          ifNull(max(decisions.decision_sequence), 0) - uniqExact(decisions.decision_sequence) AS gaps,
          countIf(if(
            decisions.cost_nano_usd IS NULL,
            costs.cost IS NOT NULL AND costs.unknown = 0,
            decisions.cost_nano_usd != ifNull(costs.cost, 0)
          )) AS cost_mismatches
        FROM decisions
        LEFT JOIN costs ON costs.decision_id = decisions.decision_id
        WHERE decisions.service_instance_id = {serviceInstanceId:String} AND ${ofTenant('decisions.tenant')}
      )
    SELECT
      raw.rows AS rawDecisions,
      raw.ids AS distinctDecisions,
      run.rows AS viewDecisions,
      run.tokens_input AS tokensInput,
      run.tokens_output AS tokensOutput,
      run.cost AS costNanoUsd,
      spans.route_rows AS routeSpanRows,
      spans.routes AS distinctRouteSpans,
      spans.attempt_rows AS attemptSpanRows,
      spans.attempts AS distinctAttemptSpans,
      run.without_attempt AS decisionsWithoutAttempt,
      run.sequence_min AS sequenceMin,
      run.sequence_max AS sequenceMax,
      run.gaps AS sequenceGaps,
      run.cost_mismatches AS costMismatches
    FROM raw, spans, run`,
  bind: ({ serviceInstanceId, ...of }) => ({ serviceInstanceId, ...bindTenant(of) }),
  decode: {
    rawDecisions: integer,
    distinctDecisions: integer,
    viewDecisions: integer,
    tokensInput: nullable(integer),
    tokensOutput: nullable(integer),
    costNanoUsd: nullable(integer),
    routeSpanRows: integer,
    distinctRouteSpans: integer,
    attemptSpanRows: integer,
    distinctAttemptSpans: integer,
    decisionsWithoutAttempt: integer,
    sequenceMin: nullable(integer),
    sequenceMax: nullable(integer),
    sequenceGaps: integer,
    costMismatches: integer,
  },
};
