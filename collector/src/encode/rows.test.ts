import { describe, expect, it } from 'vitest';
import { encodeJson } from '../__fixtures__/encode-rows.js';
import { attributesJson, logsJson, metricsJson, spanJson, tracesJson } from '../__fixtures__/requests.js';

// Requests arrive at second 1763700123 and millisecond 456; `spanJson` is 123 seconds older.
const RECEIVED_NANO = 1_763_700_123_456_000_000n;
const AFTER_2105 = '4291747200000000000';
const NEAR = '1763700000000000001';

const spans = (...fields: object[]) => encodeJson('traces', tracesJson(fields.map((each) => spanJson(each))));
const records = (...fields: object[]) => encodeJson('logs', logsJson(fields));
const metrics = (...list: object[]) => encodeJson('metrics', metricsJson(list));

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
    [{ endTimeUnixNano: '18446744073709551615' }, 'endTimeUnixNano is after 2105'],
    [{ events: [{ timeUnixNano: AFTER_2105 }] }, 'events.timeUnixNano is after 2105'],
    [{ links: [{ traceId: 'ab' }] }, 'links.traceId is not 16 bytes'],
    [{ links: [{ spanId: 'ab' }] }, 'links.spanId is not 8 bytes'],
  ])('is rejected alone for %j', (fields, reason) => {
    const { rows, message } = spans({}, fields, {});
    expect(rows).toHaveLength(2);
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
    ['no start', { startTimeUnixNano: '0' }, { Timestamp: 1_763_700_001_500_000_001n, Duration: 0n }],
    [
      'no times',
      { startTimeUnixNano: '0', endTimeUnixNano: '0' },
      { Timestamp: RECEIVED_NANO, Duration: 0n },
    ],
    [
      'the longest duration',
      { endTimeUnixNano: '4291747199999999999' },
      { Duration: 2_528_047_199_999_999_998n },
    ],
  ])('with %s is stored', (_what, fields, columns) => {
    const { rows, rejected } = spans(fields);
    expect(rejected).toBe(0);
    expect(rows).toMatchObject([columns]);
  });

  it('takes the service name of its resource, of any kind of value', () => {
    const resource = { attributes: attributesJson({ 'service.name': { intValue: '7' } }) };
    const { rows } = encodeJson('traces', tracesJson([spanJson()], resource));
    expect(rows).toMatchObject([{ ServiceName: '7', ResourceAttributes: { 'service.name': '7' } }]);
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
    const [row] = spans({ attributes }).rows;
    expect(Object.keys(row?.SpanAttributes ?? {})).toEqual(keys.sort());
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('has the last of two equal attribute keys', () => {
    const attributes = [
      ...attributesJson({ a: { stringValue: 'first' } }),
      ...attributesJson({ a: { stringValue: 'last' } }),
    ];
    expect(spans({ attributes }).rows).toMatchObject([{ SpanAttributes: { a: 'last' } }]);
  });
});

describe('a log record', () => {
  it.each([
    [{ severityNumber: 25 }, 'severityNumber 25 is not defined'],
    [{ severityNumber: 256 }, 'severityNumber 256 is not defined'],
  ])('is rejected alone for %j', (fields, reason) => {
    const { rows, message } = records({}, fields);
    expect(rows).toHaveLength(1);
    expect(message).toBe(`1 rejected: ${reason} (1)`);
  });

  it.each([
    ['its time', { timeUnixNano: NEAR, observedTimeUnixNano: '2' }, BigInt(NEAR)],
    ['the time it was observed', { observedTimeUnixNano: NEAR }, BigInt(NEAR)],
    ['the time it arrived', {}, RECEIVED_NANO],
  ])('has %s', (_what, fields, Timestamp) => {
    expect(records(fields).rows).toMatchObject([{ Timestamp, LogAttributes: {} }]);
  });

  it('with an invalid id belongs to no trace', () => {
    const fields = { traceId: 'ab', spanId: '00'.repeat(8), flags: 0xffffff01 };
    expect(records(fields)).toMatchObject({
      rejected: 0,
      rows: [{ TraceId: '', SpanId: '', TraceFlags: 1 }],
    });
  });
});

describe('a data point', () => {
  const number = (point: object) => ({ gauge: { dataPoints: [point] } });
  const histogram = (point: object) => ({ histogram: { dataPoints: [point] } });

  it.each([
    [number({}), 'the data point has no value'],
    [number({ asInt: 1, asDouble: 1 }), 'asDouble and asInt are both set'],
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
    const { rows, rejected, message } = metrics(
      { name: 'good', ...number({ asInt: 1 }) },
      { name: 'bad', ...metric },
    );
    expect(rejected).toBe(1);
    expect(message).toContain(`1 rejected: ${reason}`);
    expect(rows).toMatchObject([{ MetricName: 'good' }]);
  });

  it.each([
    ['no recorded value', number({ flags: 1 }), 'otel_metrics_gauge', { Value: 0, Flags: 1 }],
    ['an integer', number({ asInt: '-5' }), 'otel_metrics_gauge', { Value: -5 }],
    ['a zero', number({ asDouble: 0 }), 'otel_metrics_gauge', { Value: 0, Flags: 0 }],
    [
      'no time',
      number({ asInt: 1 }),
      'otel_metrics_gauge',
      { TimeUnix: 1763700123, time_exact: RECEIVED_NANO },
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
    const { rows, rejected, tables } = metrics({ name: 'm', ...metric });
    expect(rejected).toBe(0);
    expect(tables).toEqual([table]);
    expect(rows).toMatchObject([columns]);
  });
});

const DAY = 86_400_000_000_000n;

describe('a time far from its arrival', () => {
  it.each([
    ['1600 would be before', '1'],
    ['a week and a second ago', String(RECEIVED_NANO - 7n * DAY - 1_000_000_000n)],
    ['an hour and a second ahead', String(RECEIVED_NANO + 3_601_000_000_000n)],
    ['after 2105', AFTER_2105],
    ['the last one', '18446744073709551615'],
  ])('is replaced by that of the arrival, and noted: %s', (_what, time) => {
    const note = { 'signalbox.sent_time': time };
    expect(spans({ startTimeUnixNano: time, attributes: [] }).rows).toMatchObject([
      { Timestamp: RECEIVED_NANO, SpanAttributes: note },
    ]);
    expect(records({ timeUnixNano: time }).rows).toMatchObject([
      { Timestamp: RECEIVED_NANO, LogAttributes: note },
    ]);
    expect(metrics({ gauge: { dataPoints: [{ asInt: 1, timeUnixNano: time }] } }).rows).toMatchObject([
      { TimeUnix: 1763700123, time_exact: RECEIVED_NANO, Attributes: note },
    ]);
  });

  it.each([
    ['a week ago', RECEIVED_NANO - 7n * DAY],
    ['an hour ahead', RECEIVED_NANO + 3_600_000_000_000n],
  ])('begins beyond %s', (_what, time) => {
    expect(records({ timeUnixNano: String(time) }).rows).toMatchObject([
      { Timestamp: time, LogAttributes: {} },
    ]);
  });

  it('leaves at most nine days in one request', () => {
    const times = Array.from({ length: 10_000 }, (_, day) => ({
      timeUnixNano: String(BigInt(day) * 3n * DAY),
    }));
    const days = new Set(records(...times).rows.map(({ Timestamp }) => (Timestamp as bigint) / DAY));
    expect(days.size).toBeLessThanOrEqual(9);
  });
});
