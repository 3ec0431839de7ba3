// One slice of history: the decisions between two times. A request that began before midnight may go on after it, so its
// attempts are looked for until a day later. Placeholders: from, to, knownAt, model ('' for all).

/** The attempts of the slice beside the price that held when each began: `new_*` is what they cost by it. */
const PRICED_ATTEMPTS = `
  priced AS (
    SELECT
      tenant,
      timestamp,
      decision_id,
      attempt_number,
      span_id,
      -- Whether the provider may have billed tokens, as the SDK decides it (total-outcome.ts).
      ifNull(outcome != 'failed', true) OR time_to_first_chunk_ms IS NOT NULL OR ifNull(error_type = 'timeout', false)
        OR tokens_input IS NOT NULL OR tokens_output IS NOT NULL AS used,
      -- A price that is unknown now does not make a known cost unknown.
      {model:String} IN ('', model, ifNull(target, '')) AND cost_nano_usd IS NOT NULL
        AND (recorded_cost_nano_usd IS NULL OR recorded_cost_nano_usd != cost_nano_usd) AS changed,
      NOT has_price AS without_price,
      changed OR revision > 0 AS repriced,
      if(changed, cost_nano_usd, recorded_cost_nano_usd) AS new_cost,
      if(changed, price_source, recorded_source) AS new_source,
      if(changed, price_version, recorded_version) AS new_version
    FROM priced_calls(known_at = {knownAt:DateTime64(3, 'UTC')})
    WHERE kind = 'attempt'
      AND timestamp >= {from:DateTime64(9, 'UTC')}
      AND timestamp < {to:DateTime64(9, 'UTC')} + toIntervalDay(1)
      AND (tenant, decision_id) IN (
        SELECT tenant, decision_id FROM decisions_raw
        WHERE timestamp >= {from:DateTime64(9, 'UTC')} AND timestamp < {to:DateTime64(9, 'UTC')}
      )
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
