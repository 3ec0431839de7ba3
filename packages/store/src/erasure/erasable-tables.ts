/**
 * How the rows of a table belong to a person or a tenant: an SQL expression for each id that a row may have, empty text
 * where the row has none. A row that names no decision and no user goes with its trace; with a tenant's trace only if it
 * names no tenant either.
 */
export type ErasableTable = {
  name: string;
  user?: string;
  tenant?: string;
  decision?: string;
  trace?: string;
  /** When what the row tells of began. */
  time: string;
  /** When the row was stored. Default: `time`. */
  receivedAt?: string;
  /** True when a decision and a trace belong to whom a row of this table names. Feedback may be another's. */
  namesOwner?: true;
};

const attributes = (column: string) => ({
  user: `${column}['user.id']`,
  tenant: `if(${column}['signalbox.tenant'] != '', ${column}['signalbox.tenant'], ResourceAttributes['signalbox.tenant'])`,
  decision: `${column}['signalbox.decision.id']`,
  receivedAt: 'received_at',
});

/**
 * Every table that can identify a person, in the order in which rows are deleted: those that name the user come last,
 * so that an erasure that was interrupted still finds its way the next time. A test compares the list with the schema.
 */
export const ERASABLE_TABLES: readonly ErasableTable[] = [
  ...['gauge', 'sum', 'histogram', 'exponential_histogram', 'summary'].map((kind) => ({
    name: `otel_metrics_${kind}`,
    ...attributes('Attributes'),
    time: 'time_exact',
  })),
  { name: 'otel_traces_trace_id_ts', trace: 'TraceId', time: 'Start' },
  { name: 'otel_logs', ...attributes('LogAttributes'), trace: 'TraceId', time: 'Timestamp' },
  {
    name: 'feedback_raw',
    user: "ifNull(user_id, '')",
    tenant: 'tenant',
    decision: 'decision_id',
    trace: 'trace_id',
    time: 'timestamp',
    receivedAt: 'received_at',
  },
  ...['1m', '1h', '1d', '1w'].map((step) => ({
    name: `rollup_${step}_raw`,
    tenant: 'tenant',
    time: 'bucket',
  })),
  ...['1h', '1d'].map((step) => ({
    name: `rollup_user_${step}_raw`,
    user: 'user_id',
    tenant: 'tenant',
    time: 'bucket',
  })),
  {
    name: 'llm_calls_raw',
    user: "ifNull(user_id, '')",
    tenant: 'tenant',
    trace: 'trace_id',
    time: 'timestamp',
    receivedAt: 'received_at',
  },
  {
    name: 'attempts_raw',
    tenant: 'tenant',
    decision: 'decision_id',
    trace: 'trace_id',
    time: 'timestamp',
    receivedAt: 'received_at',
  },
  {
    name: 'otel_traces',
    ...attributes('SpanAttributes'),
    trace: 'TraceId',
    time: 'Timestamp',
    namesOwner: true,
  },
  {
    name: 'decisions_raw',
    user: "ifNull(user_id, '')",
    tenant: 'tenant',
    decision: 'decision_id',
    trace: 'trace_id',
    time: 'timestamp',
    receivedAt: 'received_at',
    namesOwner: true,
  },
];

/** The declaration of one table. */
export function erasableTable(name: string): ErasableTable {
  const table = ERASABLE_TABLES.find((each) => each.name === name);
  if (table === undefined) throw new Error(`${name} is not an erasable table.`);
  return table;
}

/** The other tables that hold rows, and why none of them can identify a person. */
export const IMPERSONAL_TABLES: Readonly<Record<string, string>> = {
  schema_migrations: 'names of migrations',
  schema_migration_leases: 'names of processes',
  rollup_watermark: 'a moment',
  model_prices: 'prices of models',
  price_audits_raw: 'changes of prices',
  policies_raw: 'policies as they were configured',
  erased: 'hashes of what must not come back',
  erasures: 'receipts, with salted hashes',
};
