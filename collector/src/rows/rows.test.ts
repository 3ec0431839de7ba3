import { describe, expect, it } from 'vitest';
import { attributesJson, logsJson, metricsJson, spanJson, tracesJson } from '../__fixtures__/requests.js';
import { decodeRequest } from '../otlp/decode-request.js';
import type { Message } from '../otlp/field.js';
import { exportLogsRequest } from '../otlp/logs.js';
import { exportMetricsRequest } from '../otlp/metrics.js';
import { exportTraceRequest } from '../otlp/traces.js';
import { createRejections, type Rejections } from '../rejections.js';
import type { Batch, RowContext } from './batch.js';
import { toLogRows } from './log-rows.js';
import { toMetricRows } from './metric-rows.js';
import { toTraceRows } from './trace-rows.js';

const RECEIVED = 1_763_700_123_000_000_000n;
const AFTER_2105 = '4291747200000000000';

const convert = <Request>(
  message: Message<Request>,
  toRows: (request: Request, rejections: Rejections, context: RowContext) => Batch,
  json: object,
) => {
  const rejections = createRejections();
  const body = Buffer.from(JSON.stringify(json));
  const decoded = decodeRequest({ body, encoding: 'json', message, rejections });
  if (decoded.status !== 'decoded') throw new Error(decoded.reason);
  const batch = toRows(decoded.request, rejections, { receivedAtUnixNano: RECEIVED });
  return { batch, count: rejections.count, message: rejections.message() };
};

const spans = (...fields: object[]) =>
  convert(exportTraceRequest, toTraceRows, tracesJson(fields.map((each) => spanJson(each))));
const records = (...fields: object[]) => convert(exportLogsRequest, toLogRows, logsJson(fields));
const metrics = (...list: object[]) => convert(exportMetricsRequest, toMetricRows, metricsJson(list));

describe('a span', () => {
  it.each([
    [{ traceId: '' }, 'traceId is not 16 bytes'],
    [{ traceId: 'ab' }, 'traceId is not 16 bytes'],
    [{ traceId: '5b8efff798038103d269b633813fc60c00' }, 'traceId is not 16 bytes'],
    [{ traceId: 'zb8efff798038103d269b633813fc60c' }, 'traceId is not 16 bytes'],
    [{ traceId: '00'.repeat(16) }, 'traceId is all zeroes'],
    [{ spanId: 'eee19b7ec3c1b1' }, 'spanId is not 8 bytes'],
    [{ spanId: '00'.repeat(8) }, 'spanId is all zeroes'],
    [{ parentSpanId: 'ab' }, 'parentSpanId is not 8 bytes'],
    [{ kind: 6 }, 'kind 6 is not defined'],
    [{ kind: -1 }, 'kind -1 is not defined'],
    [{ status: { code: 3 } }, 'status.code 3 is not defined'],
    [{ startTimeUnixNano: AFTER_2105 }, 'startTimeUnixNano is after 2105'],
    [{ endTimeUnixNano: '18446744073709551615' }, 'endTimeUnixNano is after 2105'],
    [{ events: [{ timeUnixNano: AFTER_2105 }] }, 'events.timeUnixNano is after 2105'],
    [{ links: [{ traceId: 'ab' }] }, 'links.traceId is not 16 bytes'],
    [{ links: [{ spanId: 'ab' }] }, 'links.spanId is not 8 bytes'],
  ])('is rejected alone for %j', (fields, reason) => {
    const { batch, message } = spans({}, fields, {});
    expect(batch.otel_traces).toHaveLength(2);
    expect(message).toBe(`1 rejected: ${reason} (1)`);
  });

  it.each([
    [
      'an upper-case id',
      { traceId: '5B8EFFF798038103D269B633813FC60C' },
      { TraceId: '5b8efff798038103d269b633813fc60c' },
    ],
    ['a parent of zeroes', { parentSpanId: '00'.repeat(8) }, { ParentSpanId: '' }],
    ['a link without ids', { links: [{ attributes: [] }] }, { 'Links.TraceId': [''], 'Links.SpanId': [''] }],
    ['no status', {}, { StatusCode: 'Unset', StatusMessage: '' }],
    ['no kind', { kind: 0 }, { SpanKind: 'Unspecified' }],
    ['no end', { endTimeUnixNano: '0' }, { Duration: 0n }],
    ['an end before its start', { endTimeUnixNano: '1' }, { Duration: 0n }],
    ['no start', { startTimeUnixNano: '0' }, { Timestamp: '1763700001.500000001', Duration: 0n }],
    [
      'no times',
      { startTimeUnixNano: '0', endTimeUnixNano: '0' },
      { Timestamp: '1763700123.000000000', Duration: 0n },
    ],
    [
      'the last time',
      { startTimeUnixNano: '4291747199999999999', endTimeUnixNano: '0' },
      { Timestamp: '4291747199.999999999' },
    ],
  ])('with %s is stored', (_what, fields, columns) => {
    const { batch, count } = spans(fields);
    expect(count).toBe(0);
    expect(batch.otel_traces).toMatchObject([columns]);
  });

  it('takes the service name of its resource, of any kind of value', () => {
    const resource = { attributes: attributesJson({ 'service.name': { intValue: '7' } }) };
    const { batch } = convert(exportTraceRequest, toTraceRows, tracesJson([spanJson()], resource));
    expect(batch.otel_traces).toMatchObject([
      { ServiceName: '7', ResourceAttributes: { 'service.name': '7' } },
    ]);
  });

  it('keeps hostile attribute keys as keys and touches no prototype', () => {
    const keys = [
      '__proto__',
      'constructor',
      'constructor.prototype.polluted',
      'a.__proto__.b',
      'toString',
      '',
    ];
    const attributes = keys.map((key) => ({
      key,
      value: { kvlistValue: { values: attributesJson({ polluted: { boolValue: true } }) } },
    }));
    const { batch } = spans({ attributes });
    expect(Object.keys(batch.otel_traces?.[0]?.SpanAttributes ?? {})).toEqual(keys);
    expect(Object.getPrototypeOf(batch.otel_traces?.[0]?.SpanAttributes)).toBeNull();
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('has the last of two equal attribute keys', () => {
    const attributes = [
      ...attributesJson({ a: { stringValue: 'first' } }),
      ...attributesJson({ a: { stringValue: 'last' } }),
    ];
    expect(spans({ attributes }).batch.otel_traces).toMatchObject([{ SpanAttributes: { a: 'last' } }]);
  });
});

describe('a log record', () => {
  it.each([
    [{ severityNumber: 25 }, 'severityNumber 25 is not defined'],
    [{ severityNumber: 256 }, 'severityNumber 256 is not defined'],
    [{ timeUnixNano: AFTER_2105 }, 'timeUnixNano is after 2105'],
    [{ observedTimeUnixNano: AFTER_2105 }, 'observedTimeUnixNano is after 2105'],
  ])('is rejected alone for %j', (fields, reason) => {
    const { batch, message } = records({}, fields);
    expect(batch.otel_logs).toHaveLength(1);
    expect(message).toBe(`1 rejected: ${reason} (1)`);
  });

  it.each([
    ['its time', { timeUnixNano: '1', observedTimeUnixNano: '2' }, '0000000000.000000001'],
    ['the time it was observed', { observedTimeUnixNano: '2' }, '0000000000.000000002'],
    ['the time it arrived', {}, '1763700123.000000000'],
  ])('has %s', (_what, fields, Timestamp) => {
    expect(records(fields).batch.otel_logs).toMatchObject([{ Timestamp }]);
  });

  it('with an invalid id belongs to no trace', () => {
    const fields = { traceId: 'ab', spanId: '00'.repeat(8), flags: 0xffffff01 };
    expect(records(fields)).toMatchObject({
      count: 0,
      batch: { otel_logs: [{ TraceId: '', SpanId: '', TraceFlags: 1 }] },
    });
  });
});

describe('a data point', () => {
  const number = (point: object) => ({ gauge: { dataPoints: [point] } });
  const histogram = (point: object) => ({ histogram: { dataPoints: [point] } });

  it.each([
    [number({}), 'the data point has no value'],
    [number({ asInt: 1, asDouble: 1 }), 'asDouble and asInt are both set'],
    [number({ asInt: 1, timeUnixNano: AFTER_2105 }), 'timeUnixNano is after 2105'],
    [number({ asInt: 1, startTimeUnixNano: AFTER_2105 }), 'startTimeUnixNano is after 2105'],
    [number({ asInt: 1, exemplars: [{ timeUnixNano: AFTER_2105 }] }), 'exemplars.timeUnixNano is after 2105'],
    [
      { sum: { aggregationTemporality: 3, dataPoints: [{ asInt: 1 }] } },
      'aggregationTemporality 3 is not defined',
    ],
    [histogram({ bucketCounts: [1, 2] }), 'bucketCounts is not one longer than explicitBounds'],
    [
      histogram({ bucketCounts: [1], explicitBounds: [1] }),
      'bucketCounts is not one longer than explicitBounds',
    ],
    [
      histogram({ bucketCounts: [1, 1, 1], explicitBounds: [2, 1] }),
      'explicitBounds are not increasing numbers',
    ],
    [
      histogram({ bucketCounts: [1, 1], explicitBounds: ['NaN'] }),
      'explicitBounds are not increasing numbers',
    ],
    [{ exponentialHistogram: { dataPoints: [{ scale: -2147483648 }] } }, 'scale is not between -10 and 20'],
    [
      { summary: { dataPoints: [{ quantileValues: [{ quantile: 1.1 }] }] } },
      'a quantile is not between 0 and 1',
    ],
    [number({ asInt: '9223372036854775808' }), 'asInt: "9223372036854775808" does not fit int64'],
    [histogram({ count: '-1' }), 'count: "-1" does not fit uint64'],
  ])('is rejected alone for %j', (metric, reason) => {
    const { batch, count, message } = metrics(
      { name: 'good', ...number({ asInt: 1 }) },
      { name: 'bad', ...metric },
    );
    expect(count).toBe(1);
    expect(message).toContain(`1 rejected: ${reason}`);
    expect(Object.values(batch).flat()).toMatchObject([{ MetricName: 'good' }]);
  });

  it.each([
    ['no recorded value', number({ flags: 1 }), 'otel_metrics_gauge', { Value: 0, Flags: 1 }],
    ['an integer', number({ asInt: '-5' }), 'otel_metrics_gauge', { Value: -5 }],
    ['a zero', number({ asDouble: 0 }), 'otel_metrics_gauge', { Value: 0, Flags: 0 }],
    [
      'no time',
      number({ asInt: 1 }),
      'otel_metrics_gauge',
      { TimeUnix: 1763700123, time_exact: '1763700123.000000000' },
    ],
    [
      'no buckets',
      histogram({ count: 3 }),
      'otel_metrics_histogram',
      { Count: 3n, Sum: 0, Min: 0, Max: 0, BucketCounts: [] },
    ],
    [
      'one bucket',
      histogram({ bucketCounts: [3] }),
      'otel_metrics_histogram',
      { BucketCounts: [3n], ExplicitBounds: [] },
    ],
    [
      'an exemplar without a value',
      number({ asInt: 1, exemplars: [{}] }),
      'otel_metrics_gauge',
      { 'Exemplars.Value': [Number.NaN] },
    ],
  ])('with %s is stored', (_what, metric, table, columns) => {
    const { batch, count } = metrics({ name: 'm', ...metric });
    expect(count).toBe(0);
    expect(batch[table as 'otel_metrics_gauge']).toMatchObject([columns]);
  });
});
