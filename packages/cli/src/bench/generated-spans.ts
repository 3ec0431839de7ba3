// Spans as packages/telemetry writes them, made by ClickHouse itself. The digits have the entropy of the real thing: terms
// are computed by the formulas of the `balanced` strategy from prompts and signals; a target's measured speed changes
// when an attempt at it ends and not before, its success rate with time; ids are random.
import { ATTEMPT_ATTRIBUTES, CANDIDATES_JSON, ROUTE_ATTRIBUTES } from './generated-attributes.js';
import { column, hex, PROCESSES, ROUTES, TARGETS } from './generated-population.js';

/** Which spans to make: decisions `first` to `first + count - 1` of `total`, which spread evenly over the time given. */
export type GeneratedSpans = {
  table: string;
  first: number;
  count: number;
  total: number;
  /** Unix milliseconds. */
  from: number;
  to: number;
  /** Tells apart what is otherwise equal: another number, other ids. */
  seed: number;
};

/** SQL for a number from 0 to 1 that only depends on the decision and `salt`. */
const share = (salt: number): string => `cityHash64(n, seed, ${salt}) / 18446744073709551616.`;
/** SQL for a factor around 1, seldom below a third or above 3. */
const factor = (of: string, width = 0.4): string =>
  `exp(${width} * 1.7 * (cityHash64(${of}, 1) / 18446744073709551616. + cityHash64(${of}, 2) / 18446744073709551616. + cityHash64(${of}, 3) / 18446744073709551616. - 1.5))`;
/** SQL that adds the spans of some decisions to a table like `otel_traces`: a route span and its attempts. */
export const insertGeneratedSpans = ({
  table,
  first,
  count,
  total,
  from,
  to,
  seed,
}: GeneratedSpans): string => `
INSERT INTO ${table} (
  Timestamp, TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, ResourceAttributes, ScopeName, ScopeVersion,
  SpanAttributes, Duration, StatusCode, StatusMessage, received_at
)
WITH
  ${seed} AS seed,
  arrayMap((provider, model) -> concat(provider, '/', model), providers, models) AS ids,
  ${column(TARGETS, 0)} AS providers,
  ${column(TARGETS, 1)} AS models,
  ${column(TARGETS, 2)} AS input_prices,
  ${column(TARGETS, 3)} AS output_prices,
  ${column(TARGETS, 4)} AS qualities,
  ${column(TARGETS, 5)} AS base_first_chunks,
  ${column(TARGETS, 6)} AS base_speeds,
  range(1, ${TARGETS.length + 1}) AS keys,

  toInt64(${from} + (n - ${first - (first % total)} + ${share(1)}) / ${total} * ${to - from}) AS unix_ms,
  n % ${PROCESSES} AS process,
  1 + toUInt8(${ROUTES.length} * pow(${share(2)}, 1.5)) AS route,
  ${column(ROUTES, 1)}[route] AS task,
  ${share(3)} AS u_user,
  toUInt64(900 * ${factor('n, seed, 4', 1.2)}) AS characters,
  toUInt64(ceil(characters / 4)) AS prompt_tokens,
  cityHash64(n, seed, 5) % 4 AS cues,
  toUInt64(characters / 70 * ${factor('n, seed, 6')}) AS clauses,
  round(0.5 * least(1, log(1 + characters / 50) / log(401)) + 0.1 * (route % 5) / 5
    + 0.25 * cues / (cues + 1.5) + 0.15 * clauses / (clauses + 20), 4) AS complexity,
  300 + 100 * (route % 4) AS answer,
  0.5 * (0.5 + complexity) AS quality_weight,
  1 + quality_weight AS weights,

  -- A target of this process got its last attempt 2 to 30 decisions ago.
  arrayMap(k -> intDiv(intDiv(n, ${PROCESSES}) + 7 * k, 2 + 4 * (k - 1)), keys) AS epochs,
  arrayMap((k, epoch, base) -> round(base * ${factor('epoch, k, process, seed, 7', 0.3)}), keys, epochs, base_first_chunks) AS first_chunks,
  arrayMap((k, epoch, base) -> round(base * ${factor('epoch, k, process, seed, 8', 0.2)}, 1), keys, epochs, base_speeds) AS speeds,
  arrayMap(k -> round(1 - 0.05 * pow(0.5, (unix_ms % (200000 + 1000 * k)) / 60000), 3), keys) AS success_rates,

  arrayMap((i, o) -> toUInt64(prompt_tokens * i + answer * o), input_prices, output_prices) AS costs,
  arrayMap((first_chunk, speed) -> round(first_chunk + answer / speed * 1000), first_chunks, speeds) AS latencies,
  arrayMap(cost -> round(0.5 / weights * (1 - log1p(cost / 10000) / log1p(100000)), 3), costs) AS cost_terms,
  arrayMap(latency -> round(0.5 / weights * (1 - log1p(latency / 100) / log1p(1000)), 3), latencies) AS latency_terms,
  arrayMap(quality -> round(quality_weight / weights * quality, 3), qualities) AS quality_terms,
  arrayMap(success_rate -> round(0.25 * success_rate, 3), success_rates) AS reliability_terms,
  if(route % 3 = 0, 1 + route % ${TARGETS.length}, 0) AS preferred,
  if(cityHash64(n, seed, 9) % 12 = 0, 3 + cityHash64(n, seed, 10) % 5, 0) AS excluded,
  arrayMap((k, a, b, c, d) -> round(a + b + c + d + if(k = preferred, 0.25, 0), 3), keys, cost_terms, latency_terms, quality_terms, reliability_terms) AS scores,
  arraySort((k, score) -> if(k = excluded, 9, -score), keys, scores) AS order,
  order[1] AS best,
  ${TARGETS.length} - (excluded > 0) AS eligible,
  0.02 / eligible AS other_probability,
  1 - other_probability * (eligible - 1) AS best_probability,
  ${CANDIDATES_JSON} AS jsons,
  concat('[', arrayStringConcat(arrayMap(k -> jsons[k], order), ','), ']') AS candidates,

  cityHash64(n, seed, 11) % 50 = 0 AS explored,
  cityHash64(n, seed, 12) % 80 = 0 AND NOT explored AS overridden,
  order[multiIf(explored, 2 + cityHash64(n, seed, 13) % (eligible - 1), overridden, 2, 1)] AS selected,
  1 + (cityHash64(n, seed, 14) % 40 = 0) AS attempts,
  order[if(selected = best, 2, 1)] AS fallback,
  cityHash64(n, seed, 15) % 150 = 0 AS failed,
  if(attempts = 2, fallback, selected) AS served,
  toUInt64(prompt_tokens * (0.9 + 0.2 * ${share(16)})) AS input,
  toUInt64(250 * ${factor('n, seed, 17', 0.9)}) AS output,
  if(cityHash64(n, seed, 18) % 4 = 0, intDiv(input, 128) * 64, 0) AS cached,
  if(cityHash64(n, seed, 19) % 3 = 0, intDiv(output, 3), 0) AS reasoning,
  toUInt64(input * input_prices[served] + output * output_prices[served]) AS cost,
  0.06 * ${factor('n, seed, 21', 0.5)} AS decide_ms,
  base_first_chunks[served] * ${factor('n, seed, 22')} AS first_chunk_ms,
  toUInt64((first_chunk_ms + output / speeds[served] * 1000) * 1e6 + 1e6 * ${share(23)}) AS duration,
  -- A UUID of version 7: the time, then 74 random bits.
  lower(hex(toUInt64(unix_ms))) AS unix_hex,
  ${hex(18, 'n', 24)} AS random_hex,
  concat(substring(unix_hex, 1, 8), '-', substring(unix_hex, 9, 4), '-7', substring(random_hex, 1, 3), '-',
    substring('89ab', 1 + cityHash64(n, seed, 25) % 4, 1), substring(random_hex, 4, 3), '-', substring(random_hex, 7, 12)) AS decision_id,
  -- 0 is the route span.
  arrayJoin(range(0, attempts + 1)) AS attempt,
  if(attempt = 2, fallback, selected) AS target,
  attempt > 0 AND (attempt < attempts OR failed) AS lost
SELECT
  fromUnixTimestamp64Milli(unix_ms + if(attempt = 2, intDiv(toInt64(duration), 2000000), 0)),
  ${hex(32, 'n', 40)},
  ${hex(16, 'n', 41, 'toUInt64(attempt)')},
  if(attempt = 0, '', ${hex(16, 'n', 41, 'toUInt64(0)')}),
  if(attempt = 0, 'route starter', concat('chat ', models[target])),
  if(attempt = 0, 'Internal', 'Client'),
  'signalbox-bench',
  map('service.name', 'signalbox-bench', 'service.instance.id', toString(toUUID(concat('ecaefc50-a0ba-490f-a48f-734c8604dfc', toString(process)))),
    'telemetry.sdk.language', 'nodejs', 'telemetry.sdk.name', 'opentelemetry', 'telemetry.sdk.version', '3.1.1'),
  'signalbox',
  '0.1.0',
  if(attempt = 0, ${ROUTE_ATTRIBUTES}, ${ATTEMPT_ATTRIBUTES}),
  if(attempt = 0, duration, intDiv(duration, attempts) - toUInt64(3e5 * (1 + ${share(26)}))),
  if(if(attempt = 0, failed, lost), 'Error', 'Unset'),
  if(if(attempt = 0, failed, lost), 'The target did not answer in time.', ''),
  fromUnixTimestamp64Milli(unix_ms + 1500)
FROM (SELECT number AS n FROM numbers(${first}, ${count}))`;
