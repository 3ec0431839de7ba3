import type { Signal } from '../signal.js';
import type { ReadRow } from './read-rows.js';

// What the rows of a request in OTLP/JSON are to be, said once more in the plainest way: with objects, in any order, slowly.

type Fields = { readonly [key: string]: any };
type Row = { readonly table: string; readonly row: ReadRow } | { readonly fault: string };
type Pairs = readonly (readonly [string, string])[];

const END_OF_TIME = 4_291_747_200_000_000_000n;
const DAY = 86_400_000_000_000n;

const byKey = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number => (one < other ? -1 : 1);

const toJson = (value: Fields): string => {
  const [name, inner] = Object.entries(value).at(-1) ?? [];
  if (name === undefined) return 'null';
  if (name === 'stringValue') return JSON.stringify(inner);
  if (name === 'bytesValue') return JSON.stringify(toText(value));
  if (name === 'doubleValue') return Number.isFinite(Number(inner)) ? toText(value) : `"${toText(value)}"`;
  if (name === 'arrayValue') return `[${(inner.values ?? []).map(toJson).join(',')}]`;
  if (name !== 'kvlistValue') return toText(value);
  const entries = new Map<string, Fields>();
  for (const { key = '', value: each = {} } of inner.values ?? []) entries.set(key, each);
  const members = [...entries].sort(byKey).map(([key, each]) => `${JSON.stringify(key)}:${toJson(each)}`);
  return `{${members.join(',')}}`;
};

const toText = (value: Fields = {}): string => {
  const [name, inner] = Object.entries(value).at(-1) ?? [];
  if (name === undefined) return '';
  if (name === 'stringValue') return inner;
  if (name === 'boolValue') return String(inner);
  if (name === 'intValue') return String(BigInt(inner));
  if (name === 'doubleValue') return Object.is(Number(inner), -0) ? '-0' : String(Number(inner));
  if (name === 'bytesValue') return Buffer.from(inner, 'base64').toString('base64');
  return toJson(value);
};

const toPairs = (list: readonly Fields[] = [], notes: Pairs = []): Pairs => {
  const map = new Map<string, string>();
  for (const { key = '', value } of list) map.set(key, toText(value));
  return [...map, ...notes].sort(byKey);
};

const nano = (time: string | number | undefined): bigint => BigInt(time ?? 0);
const seconds = (time: bigint): number => Number(time / 1_000_000_000n);
const isLate = (time: string | number | undefined): boolean => nano(time) >= END_OF_TIME;

const isZero = (id: string): boolean => /^0*$/.test(id);
const idOf = (id: string | undefined, digits: number): string =>
  id === undefined || id.length !== digits || isZero(id) ? '' : id;
const isBadId = (id = '', digits: number): boolean => id !== '' && id.length !== digits;

/** Where an item is stored: a time far from its arrival is replaced by that of the arrival, and noted. */
const place = (receivedAtMs: number, ...times: (string | undefined)[]): { time: bigint; notes: Pairs } => {
  const received = BigInt(receivedAtMs) * 1_000_000n;
  const sent = times.map(nano).find((time) => time !== 0n);
  if (sent === undefined) return { time: received, notes: [] };
  const isNear = sent / 1_000_000_000n >= (received - 7n * DAY) / 1_000_000_000n && seconds(sent) <= seconds(received) + 3600;
  return isNear ? { time: sent, notes: [] } : { time: received, notes: [['signalbox.sent_time', String(sent)]] };
};

type Shared = { readonly receivedAtMs: number; readonly columns: ReadRow };

const spanRow = (span: Fields, { receivedAtMs, columns }: Shared): Row => {
  const { traceId = '', spanId = '', parentSpanId = '', kind = 0, status = {}, events = [], links = [] } = span;
  const fault =
    (traceId.length !== 32 && 'traceId is not 16 bytes') ||
    (isZero(traceId) && 'traceId is all zeroes') ||
    (spanId.length !== 16 && 'spanId is not 8 bytes') ||
    (isZero(spanId) && 'spanId is all zeroes') ||
    (isBadId(parentSpanId, 16) && 'parentSpanId is not 8 bytes') ||
    (isLate(span.endTimeUnixNano) && 'endTimeUnixNano is after 2105') ||
    ((kind < 0 || kind > 5) && `kind ${kind} is not defined`) ||
    ((status.code < 0 || status.code > 2) && `status.code ${status.code} is not defined`) ||
    (events.some((event: Fields) => isLate(event.timeUnixNano)) && 'events.timeUnixNano is after 2105') ||
    links
      .map((link: Fields) =>
        isBadId(link.traceId, 32) ? 'links.traceId is not 16 bytes' : isBadId(link.spanId, 16) && 'links.spanId is not 8 bytes',
      )
      .find(Boolean);
  if (fault) return { fault };
  const { time, notes } = place(receivedAtMs, span.startTimeUnixNano, span.endTimeUnixNano);
  const start = nano(span.startTimeUnixNano);
  const end = nano(span.endTimeUnixNano);
  const row = {
    ...columns,
    Timestamp: time,
    TraceId: traceId,
    SpanId: spanId,
    ParentSpanId: idOf(parentSpanId, 16),
    TraceState: span.traceState ?? '',
    SpanName: span.name ?? '',
    SpanKind: ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer'][kind],
    SpanAttributes: toPairs(span.attributes, notes),
    Duration: start === 0n || end < start ? 0n : end - start,
    StatusCode: ['Unset', 'Ok', 'Error'][status.code ?? 0],
    StatusMessage: status.message ?? '',
    'Events.Timestamp': events.map((event: Fields) => nano(event.timeUnixNano)),
    'Events.Name': events.map((event: Fields) => event.name ?? ''),
    'Events.Attributes': events.map((event: Fields) => toPairs(event.attributes)),
    'Links.TraceId': links.map((link: Fields) => idOf(link.traceId, 32)),
    'Links.SpanId': links.map((link: Fields) => idOf(link.spanId, 16)),
    'Links.TraceState': links.map((link: Fields) => link.traceState ?? ''),
    'Links.Attributes': links.map((link: Fields) => toPairs(link.attributes)),
  };
  return { table: 'otel_traces', row };
};

const logRow = (record: Fields, { receivedAtMs, columns }: Shared): Row => {
  const { severityNumber = 0 } = record;
  if (severityNumber < 0 || severityNumber > 24) return { fault: `severityNumber ${severityNumber} is not defined` };
  const { time, notes } = place(receivedAtMs, record.timeUnixNano, record.observedTimeUnixNano);
  const row = {
    ...columns,
    Timestamp: time,
    TraceId: idOf(record.traceId, 32),
    SpanId: idOf(record.spanId, 16),
    TraceFlags: (record.flags ?? 0) & 0xff,
    SeverityText: record.severityText ?? '',
    SeverityNumber: severityNumber,
    Body: toText(record.body),
    LogAttributes: toPairs(record.attributes, notes),
    EventName: record.eventName ?? '',
  };
  return { table: 'otel_logs', row };
};

const numberOf = ({ asInt, asDouble }: Fields, otherwise: number): number =>
  asInt === undefined ? Number(asDouble ?? otherwise) : Number(BigInt(asInt));

const numbers = (list: readonly (string | number)[] = []): bigint[] => list.map(BigInt);

const summaryOf = ({ count = 0, sum = 0, min = 0, max = 0 }: Fields) => ({
  Count: BigInt(count),
  Sum: Number(sum),
  Min: Number(min),
  Max: Number(max),
});

type Kind = { readonly fault: (point: Fields) => string | false; readonly columns: (point: Fields) => ReadRow };

const NUMBER: Kind = {
  fault: ({ asInt, asDouble, flags = 0 }) =>
    asInt === undefined && asDouble === undefined
      ? (flags & 1) === 0 && 'the data point has no value'
      : asInt !== undefined && asDouble !== undefined && 'asDouble and asInt are both set',
  columns: (point) => ({ Value: numberOf(point, 0) }),
};

const isBadBounds = (bounds: readonly number[]): boolean =>
  bounds.some((bound, index) => !Number.isFinite(bound) || (index > 0 && bound <= (bounds[index - 1] as number)));

const KINDS: Readonly<Record<string, Kind & { readonly table: string }>> = {
  gauge: { table: 'otel_metrics_gauge', ...NUMBER },
  sum: { table: 'otel_metrics_sum', ...NUMBER },
  histogram: {
    table: 'otel_metrics_histogram',
    fault: ({ bucketCounts = [], explicitBounds = [] }) =>
      bucketCounts.length + explicitBounds.length > 0 && bucketCounts.length !== explicitBounds.length + 1
        ? 'bucketCounts is not one longer than explicitBounds'
        : isBadBounds(explicitBounds.map(Number)) && 'explicitBounds are not increasing numbers',
    columns: (point) => ({
      ...summaryOf(point),
      BucketCounts: numbers(point.bucketCounts),
      ExplicitBounds: (point.explicitBounds ?? []).map(Number),
    }),
  },
  exponentialHistogram: {
    table: 'otel_metrics_exponential_histogram',
    fault: ({ scale = 0 }) => (scale < -10 || scale > 20) && 'scale is not between -10 and 20',
    columns: (point) => ({
      ...summaryOf(point),
      Scale: point.scale ?? 0,
      ZeroCount: BigInt(point.zeroCount ?? 0),
      PositiveOffset: point.positive?.offset ?? 0,
      PositiveBucketCounts: numbers(point.positive?.bucketCounts),
      NegativeOffset: point.negative?.offset ?? 0,
      NegativeBucketCounts: numbers(point.negative?.bucketCounts),
    }),
  },
  summary: {
    table: 'otel_metrics_summary',
    fault: ({ quantileValues = [] }) =>
      quantileValues.some(({ quantile = 0 }: Fields) => !(Number(quantile) >= 0 && Number(quantile) <= 1)) &&
      'a quantile is not between 0 and 1',
    columns: ({ count = 0, sum = 0, quantileValues = [] }) => ({
      Count: BigInt(count),
      Sum: Number(sum),
      'ValueAtQuantiles.Quantile': quantileValues.map(({ quantile = 0 }: Fields) => Number(quantile)),
      'ValueAtQuantiles.Value': quantileValues.map(({ value = 0 }: Fields) => Number(value)),
    }),
  },
};

const exemplarColumns = (exemplars: readonly Fields[] = []): ReadRow => ({
  'Exemplars.FilteredAttributes': exemplars.map(({ filteredAttributes }) => toPairs(filteredAttributes)),
  'Exemplars.TimeUnix': exemplars.map(({ timeUnixNano }) => seconds(nano(timeUnixNano))),
  'Exemplars.Value': exemplars.map((exemplar) => numberOf(exemplar, Number.NaN)),
  'Exemplars.SpanId': exemplars.map(({ spanId }) => idOf(spanId, 16)),
  'Exemplars.TraceId': exemplars.map(({ traceId }) => idOf(traceId, 32)),
});

const pointRow = (point: Fields, name: string, data: Fields, { receivedAtMs, columns }: Shared): Row => {
  const kind = KINDS[name] as Kind & { table: string };
  const temporality = data.aggregationTemporality ?? 0;
  const fault =
    ((temporality < 0 || temporality > 2) && `aggregationTemporality ${temporality} is not defined`) ||
    kind.fault(point) ||
    (isLate(point.startTimeUnixNano) && 'startTimeUnixNano is after 2105') ||
    ((point.exemplars ?? []).some((each: Fields) => isLate(each.timeUnixNano)) && 'exemplars.timeUnixNano is after 2105');
  if (fault) return { fault };
  const { time, notes } = place(receivedAtMs, point.timeUnixNano);
  const row = {
    ...columns,
    ...(name === 'gauge' || name === 'summary' ? {} : { AggregationTemporality: temporality }),
    ...(name === 'sum' ? { IsMonotonic: data.isMonotonic ? 1 : 0 } : {}),
    StartTimeUnix: seconds(nano(point.startTimeUnixNano)),
    TimeUnix: seconds(time),
    time_exact: time,
    Attributes: toPairs(point.attributes, notes),
    Flags: point.flags ?? 0,
    ...kind.columns(point),
    ...(name === 'summary' ? {} : exemplarColumns(point.exemplars)),
  };
  return { table: kind.table, row };
};

const metricRows = (metric: Fields, { receivedAtMs, columns }: Shared): Row[] => {
  const { name = '', description = '', unit = '' } = metric;
  const shared = {
    receivedAtMs,
    columns: { ...columns, MetricName: name, MetricDescription: description, MetricUnit: unit },
  };
  return Object.keys(KINDS).flatMap((kind) =>
    (metric[kind]?.dataPoints ?? []).map((point: Fields) => pointRow(point, kind, metric[kind], shared)),
  );
};

const LISTS = {
  traces: ['resourceSpans', 'scopeSpans', 'spans'],
  metrics: ['resourceMetrics', 'scopeMetrics', 'metrics'],
  logs: ['resourceLogs', 'scopeLogs', 'logRecords'],
} as const;

/** The rows and the rejections that a request in OTLP/JSON is to give, in its order. 64-bit integers may be text or numbers. */
export const expectedRows = (signal: Signal, json: Fields, receivedAtMs: number): Row[] => {
  const [resources, scopes, items] = LISTS[signal];
  return (json[resources] ?? []).flatMap((ofResource: Fields) =>
    (ofResource[scopes] ?? []).flatMap((ofScope: Fields) => {
      const { resource = {}, schemaUrl: ResourceSchemaUrl = '' } = ofResource;
      const { scope = {}, schemaUrl: ScopeSchemaUrl = '' } = ofScope;
      const ResourceAttributes = toPairs(resource.attributes);
      const schemas = { ResourceSchemaUrl, ScopeSchemaUrl, ScopeAttributes: toPairs(scope.attributes) };
      const columns = {
        received_at: BigInt(receivedAtMs),
        ServiceName: new Map(ResourceAttributes).get('service.name') ?? '',
        ResourceAttributes,
        ScopeName: scope.name ?? '',
        ScopeVersion: scope.version ?? '',
        ...(signal === 'traces' ? {} : schemas),
        ...(signal === 'metrics' ? { ScopeDroppedAttrCount: scope.droppedAttributesCount ?? 0 } : {}),
      };
      const shared = { receivedAtMs, columns };
      return (ofScope[items] ?? []).flatMap((item: Fields) =>
        signal === 'traces' ? spanRow(item, shared) : signal === 'logs' ? logRow(item, shared) : metricRows(item, shared),
      );
    }),
  );
};
