/** A good span in OTLP/JSON; `fields` are added or replaced. */
export const spanJson = (fields: object = {}): object => ({
  traceId: '5b8efff798038103d269b633813fc60c',
  spanId: 'eee19b7ec3c1b174',
  name: 'chat gpt-5-mini',
  kind: 3,
  startTimeUnixNano: '1763700000000000001',
  endTimeUnixNano: '1763700001500000001',
  ...fields,
});

/** A trace request of one resource. */
export const tracesJson = (spans: readonly object[], resource: object = {}): object => ({
  resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'signalbox', version: '1' }, spans }] }],
});

/** A logs request of one resource. */
export const logsJson = (logRecords: readonly object[], resource: object = {}): object => ({
  resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }],
});

/** A metrics request of one resource. */
export const metricsJson = (metrics: readonly object[], resource: object = {}): object => ({
  resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }],
});

/** Attributes in OTLP/JSON, each value given as an AnyValue. */
export const attributesJson = (values: Readonly<Record<string, object>>): object[] =>
  Object.entries(values).map(([key, value]) => ({ key, value }));
