/** Where the rows of a table are on a cluster: on the shard that an SQL expression chooses, or in full on every node. */
export type Placement = { shardBy: string } | 'everywhere';

// The trace id alone, because everything in a trace has it and nothing else: spans of other libraries name no tenant, and
// with the tenant in the key they would end up away from the trace that they are joined with. A trace belongs to one
// tenant, so it keeps a tenant's traces as much together as tenant and trace id would.
const BY_TRACE: Placement = { shardBy: 'cityHash64(TraceId)' };

// Filled by materialized views, where the span is. The key is for rows that are inserted here, by `reprice`: they replace
// the ones of the same trace.
const BY_TYPED_TRACE: Placement = { shardBy: 'cityHash64(trace_id)' };

// Feedback comes with a trace of its own, if with any. By decision, so that all rows which replace each other meet.
const BY_RECORD: Placement = {
  shardBy:
    "cityHash64(multiIf(LogAttributes['signalbox.decision.id'] != '', LogAttributes['signalbox.decision.id'], TraceId != '', TraceId, toString(toUnixTimestamp64Nano(Timestamp))))",
};

const BY_STREAM: Placement = { shardBy: 'cityHash64(ServiceName, MetricName, Attributes)' };
const BY_BUCKET: Placement = { shardBy: 'cityHash64(tenant, bucket)' };

/**
 * Every table that holds rows. Rows that replace each other must agree in `shardBy`: FINAL is applied by each shard to
 * its own rows. A migration that adds a table adds it here, or it cannot be rendered for a cluster.
 */
export const CLUSTER_PLACEMENT: Readonly<Record<string, Placement>> = {
  otel_traces: BY_TRACE,
  otel_traces_trace_id_ts: BY_TRACE,
  otel_logs: BY_RECORD,
  otel_metrics_gauge: BY_STREAM,
  otel_metrics_sum: BY_STREAM,
  otel_metrics_histogram: BY_STREAM,
  otel_metrics_exponential_histogram: BY_STREAM,
  otel_metrics_summary: BY_STREAM,
  decisions_raw: BY_TYPED_TRACE,
  attempts_raw: BY_TYPED_TRACE,
  llm_calls_raw: BY_TYPED_TRACE,
  feedback_raw: { shardBy: 'cityHash64(decision_id)' },
  rollup_1m_raw: BY_BUCKET,
  rollup_1h_raw: BY_BUCKET,
  rollup_1d_raw: BY_BUCKET,
  rollup_1w_raw: BY_BUCKET,
  rollup_user_1h_raw: BY_BUCKET,
  rollup_user_1d_raw: BY_BUCKET,
  // Small, and read by key beside the rows of any shard.
  erased: 'everywhere',
  erasures: 'everywhere',
  model_prices: 'everywhere',
  price_audits_raw: 'everywhere',
  policies_raw: 'everywhere',
  rollup_watermark: 'everywhere',
  schema_migrations: 'everywhere',
  schema_migration_leases: 'everywhere',
};

/**
 * Views that a shard cannot answer from its own rows, or that take parameters, which a `Distributed` table cannot pass
 * on. They are computed on the node that is asked, from the rows of all shards.
 */
export const SPANNING_VIEWS: ReadonlySet<string> = new Set(['decisions_with_feedback', 'priced_calls']);

/** Tables whose rows are spread over the shards. */
export const SHARDED_TABLES: readonly string[] = Object.entries(CLUSTER_PLACEMENT).flatMap(
  ([name, placement]) => (placement === 'everywhere' ? [] : [name]),
);

const LOCAL = '_local';

/** What the table or view of one shard is called; the name without the suffix spans all shards. */
export const localName = (name: string): string => `${name}${LOCAL}`;

/** The name that spans all shards. */
export const sharedName = (name: string): string =>
  name.endsWith(LOCAL) ? name.slice(0, -LOCAL.length) : name;
