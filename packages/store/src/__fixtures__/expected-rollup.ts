import type { RollupStep } from '../rollups/rollup-step.js';
import type { SampleDecision } from './sample-decision.js';

type Row = Record<string, unknown>;

const LENGTH = { '1m': 60, '1h': 3600, '1d': 86_400, '1w': 604_800 };
const TOKEN_KINDS = ['input', 'output', 'cache_read', 'cache_write', 'reasoning'] as const;
const HISTOGRAMS = {
  latency: { values: 'latency_ms', counts: 'latency_counts', stored: 'latency_histogram' },
  time_to_first_chunk: {
    values: 'time_to_first_chunk_ms',
    counts: 'time_to_first_chunk_counts',
    stored: 'time_to_first_chunk_histogram',
  },
  decide: { values: 'decide_us', counts: 'decide_counts', stored: 'decide_histogram' },
};

/** What a rollup view must hold of these distinct decisions, computed without ClickHouse. Histograms are values. */
export function expectedRollup(step: RollupStep, decisions: readonly SampleDecision[]): Row[] {
  const groups = Map.groupBy(decisions, (each) => JSON.stringify(keyOf(step, each)));
  return inOrder([...groups.values()].map((group) => ({ ...keyOf(step, group[0] as never), ...measures(group) })));
}

/** As `expectedRollup`, for a rollup of users. */
export function expectedUserRollup(step: '1h' | '1d', decisions: readonly SampleDecision[]): Row[] {
  const key = (each: SampleDecision) => {
    const { tenant, bucket, model } = keyOf(step, each);
    return { tenant, bucket, user_id: each.user, model };
  };
  const groups = Map.groupBy(decisions, (each) => JSON.stringify(key(each)));
  const rows = [...groups.values()].map((group) => {
    const all = measures(group);
    const columns = ['requests', 'succeeded', 'overrides', 'cost_nano_usd', 'cost_unknown', 'latency'];
    for (const kind of ['input', 'output']) columns.push(`tokens_${kind}`, `tokens_${kind}_unknown`);
    return {
      ...key(group[0] as never),
      ...Object.fromEntries(columns.map((name) => [name, all[name]])),
      served: String(group.filter(({ servedModel }) => servedModel !== null).length),
      // As text of seconds, the way the tests read it.
      last_timestamp: `${(Math.max(...group.map(({ time }) => time)) / 1000).toFixed(3)}000000`,
    };
  });
  return inOrder(rows);
}

function keyOf(step: RollupStep, { time, servedModel, selectedModel, ...decision }: SampleDecision): Row {
  const makerOf = (model: string | null) => model && `maker of ${model}`;
  const model = servedModel ?? selectedModel;
  const length = LENGTH[step];
  // 1970-01-05 was a Monday.
  const offset = step === '1w' ? 4 * 86_400 : 0;
  return {
    tenant: decision.tenant,
    bucket: String(Math.floor((time / 1000 - offset) / length) * length + offset),
    model,
    provider: makerOf(model),
    served_model: servedModel,
    served_provider: makerOf(servedModel),
    selected_model: selectedModel,
    selected_provider: makerOf(selectedModel),
    route: decision.route,
    task_type: decision.taskType,
    task_complexity: decision.complexity,
    strategy: decision.strategy,
  };
}

function measures(group: readonly SampleDecision[]): Row {
  const count = (holds: (decision: SampleDecision) => boolean | null) => String(group.filter(holds).length);
  const known = (value: (decision: SampleDecision) => number | null) =>
    group.map(value).filter((each) => each !== null);
  const sum = (values: readonly number[]) => String(values.reduce((total, each) => total + each, 0));
  const sumOrNull = (values: readonly number[]) => (values.length === 0 ? null : sum(values));
  const confidences = known(({ confidence }) => confidence);
  const band = (from: number, to: number) => String(confidences.filter((c) => c >= from && c < to).length);
  const attempts = known((decision) => decision.attempts);
  const costs = known(({ costNanoUsd }) => costNanoUsd);
  const firstChunks = known(({ timeToFirstChunkMs }) => timeToFirstChunkMs);
  const decides = known(({ decideUs }) => decideUs);
  const errors = Map.groupBy(group, ({ errorType }) => errorType);
  const tokens = TOKEN_KINDS.flatMap((kind) => {
    const values = known((decision) => decision.tokens[kind]);
    return [
      [`tokens_${kind}`, sumOrNull(values)],
      [`tokens_${kind}_unknown`, String(group.length - values.length)],
    ];
  });
  return {
    requests: String(group.length),
    succeeded: count(({ outcome }) => outcome === 'succeeded'),
    failed: count(({ outcome }) => outcome === 'failed'),
    cancelled: count(({ outcome }) => outcome === 'cancelled'),
    overrides: count(({ override }) => override),
    explored: count(({ explored }) => explored),
    coalesced: count(({ coalesced }) => coalesced),
    fallbacks: count((d) => d.servedModel !== null && d.selectedModel !== null && d.servedModel !== d.selectedModel),
    attempts: sumOrNull(attempts),
    attempts_unknown: String(group.length - attempts.length),
    retried: String(attempts.filter((number) => number > 1).length),
    cache_hit_exact: count(({ cache }) => cache === 'hit-exact'),
    cache_hit_semantic: count(({ cache }) => cache === 'hit-semantic'),
    cache_miss: count(({ cache }) => cache === 'miss'),
    cache_bypass: count(({ cache }) => cache === 'bypass'),
    error_types: Object.fromEntries(
      [...errors].flatMap(([type, those]) => (type === null ? [] : [[type, String(those.length)]])),
    ),
    ...Object.fromEntries(tokens),
    cost_nano_usd: sumOrNull(costs),
    cost_unknown: String(group.length - costs.length),
    latency_sum_ns: sum(group.map(({ latencyNs }) => latencyNs)),
    latency: group.map(({ latencyNs }) => latencyNs / 1e6).sort((a, b) => a - b),
    time_to_first_chunk_sum_us: sum(firstChunks.map((ms) => Math.round(ms * 1000))),
    time_to_first_chunk: firstChunks.sort((a, b) => a - b),
    decide_sum_ns: sum(decides.map((us) => Math.round(us * 1000))),
    decide: decides.sort((a, b) => a - b),
    confidence_sum: confidences.reduce((total, each) => total + Math.round(each * 1e6), 0) / 1e6,
    confidence_0_50: band(0, 0.5),
    confidence_50_70: band(0.5, 0.7),
    confidence_70_90: band(0.7, 0.9),
    confidence_90_100: band(0.9, Number.POSITIVE_INFINITY),
  };
}

/**
 * Rows of a rollup view as `expectedRollup` has them. A histogram becomes what it stands for, each value replaced by the
 * expected one when that is at most 1 % away.
 */
export function comparableRollup(rows: readonly Row[], expected: readonly Row[]): Row[] {
  return inOrder(rows.map(expandHistograms)).map((row, i) => ({
    ...row,
    ...Object.fromEntries(
      Object.keys(HISTOGRAMS).flatMap((name) => (name in row ? [[name, snap(row[name], expected[i]?.[name])]] : [])),
    ),
  }));
}

function expandHistograms(row: Row): Row {
  const { ...rest } = row;
  for (const [name, { values, counts, stored }] of Object.entries(HISTOGRAMS)) {
    if (!(values in row)) continue;
    rest[name] = (row[values] as number[]).flatMap((value, i) =>
      Array(Number((row[counts] as string[])[i])).fill(value),
    );
    for (const column of [values, counts, stored]) delete rest[column];
  }
  return rest;
}

function snap(found: unknown, expected: unknown): unknown {
  if (!Array.isArray(expected)) return found;
  return (found as number[]).map((value, i) =>
    Math.abs(value - expected[i]) <= expected[i] * 0.010_000_001 ? expected[i] : value,
  );
}

function inOrder(rows: Row[]): Row[] {
  const key = ({ bucket, user_id, model, served_model, selected_model, route, task_type, task_complexity, strategy }: Row) =>
    JSON.stringify([bucket, user_id, model, served_model, selected_model, route, task_type, task_complexity, strategy]);
  return rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
