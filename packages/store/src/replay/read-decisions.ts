import type { Store } from '../connection/store.js';
import type { CallOptions } from '../connection/with-deadline.js';
import { bindDecisionRange, type DecisionRange, inDecisionRange } from '../queries/decision-range.js';
import { type DecisionBlock, toDecisionBlock } from './decision-block.js';
import { readNative } from './read-native.js';

// Texts that repeat come as dictionaries, and what is rarely there as one text: both are read once for many rows.
const DECISIONS = {
  name: 'replayedDecisions',
  sql: `
    SELECT
      decision_id AS id,
      policy_version AS policyVersion,
      policy_name AS policyName,
      toLowCardinality(ifNull(strategy, '')) AS strategy,
      toLowCardinality(ifNull(route, '')) AS route,
      toLowCardinality(toJSONString(route_patterns)) AS routePatterns,
      tenant,
      toLowCardinality(if(
        requested_model IS NULL AND requested_strategy IS NULL AND empty(requested_preferences)
          AND empty(requested_residency) AND empty(needs) AND answer_tokens_max IS NULL
          AND requested_max_cost_nano_usd IS NULL AND requested_max_worst_cost_nano_usd IS NULL
          AND requested_max_cost_per_1m_tokens_nano_usd IS NULL AND requested_max_latency_ms IS NULL,
        '',
        toJSONString(CAST(
          (
            requested_model, requested_strategy, requested_preferences, requested_residency, needs, answer_tokens_max,
            requested_max_cost_nano_usd, requested_max_worst_cost_nano_usd,
            requested_max_cost_per_1m_tokens_nano_usd, requested_max_latency_ms
          ),
          'Tuple(model Nullable(String), strategy Nullable(String), preferences Array(Float64), residency Array(String), needs Array(String), maxOutputTokens Nullable(Float64), costNanoUsd Nullable(Float64), worstCostNanoUsd Nullable(Float64), costPer1MTokensNanoUsd Nullable(Float64), latencyMs Nullable(Float64))'
        ))
      )) AS asked,
      toLowCardinality(if(sticky_by IS NULL, '', concat(ifNull(sticky_by, ''), '\\n', ifNull(sticky_held, '')))) AS sticky,
      toLowCardinality(arrayStringConcat(shadows, '\\n')) AS shadows,
      toLowCardinality(ifNull(arm, '')) AS arm,
      toLowCardinality(ifNull(task_type, '')) AS taskType,
      toLowCardinality(ifNull(task_complexity, '')) AS complexity,
      ifNull(task_complexity_score, 0) AS complexityScore,
      ifNull(prompt_characters, 0) AS promptCharacters,
      ifNull(prompt_tokens_estimated, 0) AS promptTokens,
      ifNull(answer_tokens_expected, 0) AS answerTokens,
      budget_left_nano_usd AS budgetLeftNanoUsd,
      draw,
      toLowCardinality(ifNull(selected_target, '')) AS selected,
      ifNull(propensity, 0) AS propensity,
      ifNull(explored, false) AS explored,
      ifNull(confidence, 0) AS confidence,
      toLowCardinality(ifNull(override_target, '')) AS overrideTarget,
      malformed,
      candidates.target AS targets,
      candidates.circuit AS circuits,
      candidates.health AS healths,
      CAST(
        arrayMap(names -> arrayStringConcat(names, '\\n'), candidates.term_names), 'Array(LowCardinality(String))'
      ) AS termNames,
      -- In one list, so that its lengths are sent once. It would make texts of dictionaries.
      arrayZip(
        candidates.eligible,
        arrayMap(
          (reason, detail) -> if(reason = '', '', concat(reason, '\\n', detail)),
          candidates.excluded_reason, candidates.excluded_detail
        ),
        candidates.probability,
        candidates.first_chunk_ms,
        candidates.tokens_per_second,
        candidates.success_rate,
        candidates.estimated_cost_nano_usd,
        candidates.estimated_latency_ms
      ) AS candidates,
      arrayFlatten(candidates.term_values) AS terms,
      -- Few rows have them: an empty list says that no candidate does.
      if(arrayExists(x -> x IS NOT NULL, candidates.requests_left), candidates.requests_left, []) AS requestsLeft,
      if(arrayExists(x -> x IS NOT NULL, candidates.tokens_left), candidates.tokens_left, []) AS tokensLeft,
      if(arrayExists(x -> x IS NOT NULL, candidates.successes), candidates.successes, []) AS successes,
      if(arrayExists(x -> x IS NOT NULL, candidates.failures), candidates.failures, []) AS failures,
      if(arrayExists(x -> x IS NOT NULL, candidates.user_successes), candidates.user_successes, []) AS userSuccesses,
      if(arrayExists(x -> x IS NOT NULL, candidates.user_failures), candidates.user_failures, []) AS userFailures
    FROM decisions
    WHERE ${inDecisionRange()}
    -- Ranges are read side by side: more threads for each would stand in each other's way.
    SETTINGS max_threads = 1, max_block_size = 16384`,
  limits: { maxExecutionSeconds: 300, maxMemoryBytes: 4 * 1024 ** 3 },
};

/** Reads the recorded decisions of a range, in no order, all into memory: see `decisionParts`. */
export async function readDecisions(
  store: Store,
  range: DecisionRange,
  options: CallOptions = {},
): Promise<DecisionBlock[]> {
  const bytes = await store.bytes(DECISIONS, bindDecisionRange(range), options);
  return [...readNative(bytes)].filter(({ rows }) => rows > 0).map(toDecisionBlock);
}
