import { COST_DEFINITIONS } from './cost-sql.js';

// One slice of history: the decisions between two times. `found` may match a request that started before and ended after
// midnight, so attempts are looked for until a day later. Placeholders: from, to, knownAt, model ('' for all).

/** The attempts of the slice beside the price that held when each began: `new_*` is what they cost by it. */
const PRICED_ATTEMPTS = `
  priced AS (
    WITH ${COST_DEFINITIONS}
    SELECT
      a.tenant AS tenant,
      a.timestamp AS timestamp,
      a.decision_id AS decision_id,
      a.attempt_number AS attempt_number,
      a.span_id AS span_id,
      -- Whether the provider may have billed tokens, as the SDK decides it (total-outcome.ts).
      ifNull(a.outcome != 'failed', true) OR a.time_to_first_chunk_ms IS NOT NULL OR ifNull(a.error_type = 'timeout', false)
        OR a.tokens_input IS NOT NULL OR a.tokens_output IS NOT NULL AS used,
      -- A price that is unknown now does not make a known cost unknown.
      ({model:String} IN ('', ifNull(a.request_model, ''), ifNull(a.target, '')))
        AND computed_cost_nano_usd IS NOT NULL
        AND (a.cost_nano_usd IS NULL OR a.cost_nano_usd != computed_cost_nano_usd) AS changed,
      p.input IS NULL AS without_price,
      changed OR a.revision > 0 AS repriced,
      if(changed, computed_cost_nano_usd, a.cost_nano_usd) AS new_cost,
      if(changed, p.source, a.cost_source) AS new_source,
      if(changed, p.version, a.price_version) AS new_version
    FROM (
      SELECT *, splitByChar('/', ifNull(target, ''))[1] AS provider, ifNull(request_model, '') AS model
      FROM attempts_raw FINAL
      WHERE timestamp >= {from:DateTime64(9, 'UTC')}
        AND timestamp < {to:DateTime64(9, 'UTC')} + toIntervalDay(1)
        AND (tenant, decision_id) IN (
          SELECT tenant, decision_id FROM decisions_raw
          WHERE timestamp >= {from:DateTime64(9, 'UTC')} AND timestamp < {to:DateTime64(9, 'UTC')}
        )
    ) AS a
    ASOF LEFT JOIN (
      SELECT *, toDateTime64(valid_from, 9, 'UTC') AS since
      FROM model_price_periods(known_at = {knownAt:DateTime64(3, 'UTC')})
    ) AS p
    ON a.provider = p.provider AND a.model = p.model AND a.timestamp >= p.since
  )`;

// The sums of the SDK: unknown as soon as one attempt that used tokens is, `mixed` where they differ.
const REPRICED_DECISIONS = `
  totals AS (
    SELECT
      tenant,
      decision_id,
      count() AS found,
      if(countIf(used) > 0 AND countIf(used AND new_cost IS NULL) = 0, sumIf(new_cost, used), NULL) AS total,
      groupUniqArrayIf(ifNull(new_source, ''), used) AS sources,
      groupUniqArrayIf(ifNull(new_version, ''), used) AS versions
    FROM priced
    GROUP BY tenant, decision_id
    HAVING max(repriced)
  ),
  repriced AS (
    SELECT
      d.tenant AS tenant,
      d.timestamp AS timestamp,
      d.decision_id AS decision_id,
      d.cost_nano_usd AS old_cost,
      ifNull(total, 0) AS new_cost,
      if(length(sources) = 1, sources[1], 'mixed') AS new_source,
      if(length(versions) = 1, versions[1], 'mixed') AS new_version
    FROM (
      SELECT tenant, timestamp, decision_id, attempts, cost_nano_usd FROM decisions_raw FINAL
      WHERE timestamp >= {from:DateTime64(9, 'UTC')} AND timestamp < {to:DateTime64(9, 'UTC')}
    ) AS d
    INNER JOIN totals AS t ON t.tenant = d.tenant AND t.decision_id = d.decision_id
    -- While attempts are missing their sum is not the cost of the request.
    WHERE d.attempts = t.found AND total IS NOT NULL AND (old_cost IS NULL OR old_cost != total)
  )`;

/** What pricing the slice again changes. */
export const REPRICE_SUMMARY = `
  WITH ${PRICED_ATTEMPTS}, ${REPRICED_DECISIONS}
  SELECT
    decisions, costBefore, costAfter, costWasUnknown, attempts, attemptsWithoutPrice, priceVersions
  FROM (
    SELECT
      count() AS decisions,
      sum(old_cost) AS costBefore,
      if(count() = 0, NULL, sum(new_cost)) AS costAfter,
      countIf(old_cost IS NULL) AS costWasUnknown
    FROM repriced
  ) AS ofDecisions
  CROSS JOIN (
    SELECT
      countIf(changed) AS attempts,
      countIf(used AND without_price) AS attemptsWithoutPrice,
      arraySort(groupUniqArrayIf(ifNull(new_version, ''), changed)) AS priceVersions
    FROM priced
  ) AS ofAttempts`;

/** Appends the attempts of the slice whose cost changed, under their next revision. */
export const REPRICE_ATTEMPTS = `
  INSERT INTO attempts_raw
  WITH ${PRICED_ATTEMPTS}
  SELECT a.* REPLACE (
    n.new_cost AS cost_nano_usd,
    n.new_source AS cost_source,
    n.new_version AS price_version,
    a.revision + 1 AS revision
  )
  FROM (
    SELECT * FROM attempts_raw FINAL
    WHERE timestamp >= {from:DateTime64(9, 'UTC')} AND timestamp < {to:DateTime64(9, 'UTC')} + toIntervalDay(1)
  ) AS a
  INNER JOIN (SELECT * FROM priced WHERE changed) AS n
  USING (tenant, timestamp, decision_id, attempt_number, span_id)`;

/** The same for decisions. `inserted_at` is left to its default, which tells the rollups. */
export const REPRICE_DECISIONS = `
  INSERT INTO decisions_raw (* EXCEPT (inserted_at))
  WITH ${PRICED_ATTEMPTS}, ${REPRICED_DECISIONS}
  SELECT d.* REPLACE (
    n.new_cost AS cost_nano_usd,
    nullIf(n.new_source, '') AS cost_source,
    nullIf(n.new_version, '') AS price_version,
    d.revision + 1 AS revision
  )
  FROM (
    SELECT * EXCEPT (inserted_at) FROM decisions_raw FINAL
    WHERE timestamp >= {from:DateTime64(9, 'UTC')} AND timestamp < {to:DateTime64(9, 'UTC')}
  ) AS d
  INNER JOIN repriced AS n USING (tenant, timestamp, decision_id)`;
