import { describe, expect, it } from 'vitest';
import { attributesJson, spanJson, tracesJson } from './__fixtures__/requests.js';
import {
  nowNano as nano,
  nowSecond as second,
  serviceJson as service,
  useStoredCollector,
} from './__fixtures__/start-stored-collector.js';

const { send, rows } = useStoredCollector();
const timestamp = `${second}.123456789`;

describe.each<['json' | 'protobuf']>([['json'], ['protobuf']])(
  'what is sent as %s is what ClickHouse reads',
  (encoding) => {
    it('for spans', async () => {
      const name = `spans-${encoding}`;
      const span = spanJson({
        parentSpanId: 'eee19b7ec3c1b173',
        traceState: 'a=b',
        kind: 3,
        startTimeUnixNano: nano(),
        endTimeUnixNano: nano(1_500_000_001n),
        attributes: attributesJson({
          'signalbox.tokens.input': { intValue: '9223372036854775807' },
          ok: { boolValue: true },
        }),
        events: [
          {
            timeUnixNano: nano(5n),
            name: 'first-chunk',
            attributes: attributesJson({ n: { intValue: '1' } }),
          },
        ],
        links: [
          { traceId: '5b8efff798038103d269b633813fc60d', spanId: 'eee19b7ec3c1b175', traceState: 'c=d' },
        ],
        status: { code: 2, message: 'rate limited' },
      });
      expect((await send('traces', tracesJson([span], service(name)), encoding)).status).toBe(200);
      expect(await rows('otel_traces', name)).toEqual([
        {
          Timestamp: timestamp,
          TraceId: '5b8efff798038103d269b633813fc60c',
          SpanId: 'eee19b7ec3c1b174',
          ParentSpanId: 'eee19b7ec3c1b173',
          TraceState: 'a=b',
          SpanName: 'chat gpt-5-mini',
          SpanKind: 'Client',
          ServiceName: name,
          ResourceAttributes: { 'service.name': name },
          ScopeName: 'signalbox',
          ScopeVersion: '1',
          SpanAttributes: { 'signalbox.tokens.input': '9223372036854775807', ok: 'true' },
          Duration: '1500000001',
          StatusCode: 'Error',
          StatusMessage: 'rate limited',
          'Events.Timestamp': [`${second}.123456794`],
          'Events.Name': ['first-chunk'],
          'Events.Attributes': [{ n: '1' }],
          'Links.TraceId': ['5b8efff798038103d269b633813fc60d'],
          'Links.SpanId': ['eee19b7ec3c1b175'],
          'Links.TraceState': ['c=d'],
          'Links.Attributes': [{}],
        },
      ]);
    });

    it('for log records', async () => {
      const name = `logs-${encoding}`;
      const record = {
        timeUnixNano: nano(),
        observedTimeUnixNano: nano(9n),
        severityNumber: 17,
        severityText: 'ERROR',
        body: { kvlistValue: { values: attributesJson({ b: { stringValue: 'x' }, a: { intValue: '1' } }) } },
        attributes: attributesJson({ key: { arrayValue: { values: [{ doubleValue: 0.5 }, {}] } } }),
        flags: 257,
        traceId: '5b8efff798038103d269b633813fc60c',
        spanId: 'eee19b7ec3c1b174',
        eventName: 'gen_ai.evaluation.result',
      };
      const request = {
        resourceLogs: [
          {
            resource: service(name),
            schemaUrl: 'https://resource',
            scopeLogs: [
              {
                scope: {
                  name: 'scope',
                  version: '2',
                  attributes: attributesJson({ s: { bytesValue: 'AAH/' } }),
                },
                schemaUrl: 'https://scope',
                logRecords: [record],
              },
            ],
          },
        ],
      };
      expect((await send('logs', request, encoding)).status).toBe(200);
      expect(await rows('otel_logs', name)).toEqual([
        {
          Timestamp: timestamp,
          TraceId: '5b8efff798038103d269b633813fc60c',
          SpanId: 'eee19b7ec3c1b174',
          TraceFlags: 1,
          SeverityText: 'ERROR',
          SeverityNumber: 17,
          ServiceName: name,
          Body: '{"a":1,"b":"x"}',
          ResourceSchemaUrl: 'https://resource',
          ResourceAttributes: { 'service.name': name },
          ScopeSchemaUrl: 'https://scope',
          ScopeName: 'scope',
          ScopeVersion: '2',
          ScopeAttributes: { s: 'AAH/' },
          LogAttributes: { key: '[0.5,null]' },
          EventName: 'gen_ai.evaluation.result',
        },
      ]);
    });

    const exemplars = [
      {
        timeUnixNano: nano(),
        asInt: '-3',
        traceId: '5b8efff798038103d269b633813fc60c',
        spanId: 'eee19b7ec3c1b174',
        filteredAttributes: attributesJson({ user: { stringValue: 'u' } }),
      },
    ];
    const exemplarColumns = {
      'Exemplars.FilteredAttributes': [{ user: 'u' }],
      'Exemplars.TimeUnix': [String(second)],
      'Exemplars.Value': [-3],
      'Exemplars.SpanId': ['eee19b7ec3c1b174'],
      'Exemplars.TraceId': ['5b8efff798038103d269b633813fc60c'],
    };
    const point = {
      startTimeUnixNano: nano(-60_000_000_000n),
      timeUnixNano: nano(),
      attributes: attributesJson({ model: { stringValue: 'gpt-5-mini' } }),
      flags: 0,
    };

    it.each([
      {
        table: 'otel_metrics_gauge',
        data: { gauge: { dataPoints: [{ ...point, exemplars, asDouble: 0.25 }] } },
        columns: { Value: 0.25, ...exemplarColumns },
      },
      {
        table: 'otel_metrics_sum',
        data: {
          sum: {
            aggregationTemporality: 2,
            isMonotonic: true,
            dataPoints: [{ ...point, exemplars, asInt: '9007199254740993' }],
          },
        },
        columns: {
          Value: 9007199254740992,
          AggregationTemporality: 2,
          IsMonotonic: true,
          ...exemplarColumns,
        },
      },
      {
        table: 'otel_metrics_histogram',
        data: {
          histogram: {
            aggregationTemporality: 1,
            dataPoints: [
              {
                ...point,
                exemplars,
                count: '18446744073709551615',
                sum: 12.5,
                min: -1,
                max: 1e308,
                bucketCounts: ['18446744073709551615', '0', '3'],
                explicitBounds: [0.5, 1],
              },
            ],
          },
        },
        columns: {
          Count: '18446744073709551615',
          Sum: 12.5,
          Min: -1,
          Max: 1e308,
          BucketCounts: ['18446744073709551615', '0', '3'],
          ExplicitBounds: [0.5, 1],
          AggregationTemporality: 1,
          ...exemplarColumns,
        },
      },
      {
        table: 'otel_metrics_exponential_histogram',
        data: {
          exponentialHistogram: {
            aggregationTemporality: 2,
            dataPoints: [
              {
                ...point,
                exemplars,
                count: '6',
                sum: 7,
                min: -2,
                max: 4,
                scale: -3,
                zeroCount: '1',
                positive: { offset: -2147483648, bucketCounts: ['1', '2'] },
                negative: { offset: 2147483647, bucketCounts: ['2'] },
              },
            ],
          },
        },
        columns: {
          Count: '6',
          Sum: 7,
          Min: -2,
          Max: 4,
          Scale: -3,
          ZeroCount: '1',
          PositiveOffset: -2147483648,
          PositiveBucketCounts: ['1', '2'],
          NegativeOffset: 2147483647,
          NegativeBucketCounts: ['2'],
          AggregationTemporality: 2,
          ...exemplarColumns,
        },
      },
      {
        table: 'otel_metrics_summary',
        data: {
          summary: {
            dataPoints: [
              {
                ...point,
                count: '2',
                sum: 3.5,
                quantileValues: [
                  { quantile: 0.5, value: 1 },
                  { quantile: 1, value: 2.5 },
                ],
              },
            ],
          },
        },
        columns: {
          Count: '2',
          Sum: 3.5,
          'ValueAtQuantiles.Quantile': [0.5, 1],
          'ValueAtQuantiles.Value': [1, 2.5],
        },
      },
    ])('for points in $table', async ({ table, data, columns }) => {
      const name = `${table}-${encoding}`;
      const request = {
        resourceMetrics: [
          {
            resource: service(name),
            schemaUrl: 'https://resource',
            scopeMetrics: [
              {
                scope: {
                  name: 'scope',
                  version: '2',
                  attributes: attributesJson({ s: { stringValue: 't' } }),
                  droppedAttributesCount: 4294967295,
                },
                schemaUrl: 'https://scope',
                metrics: [{ name: 'm', description: 'what it is', unit: '{token}', ...data }],
              },
            ],
          },
        ],
      };
      expect((await send('metrics', request, encoding)).status).toBe(200);
      expect(await rows(table, name)).toEqual([
        {
          ResourceAttributes: { 'service.name': name },
          ResourceSchemaUrl: 'https://resource',
          ScopeName: 'scope',
          ScopeVersion: '2',
          ScopeAttributes: { s: 't' },
          ScopeDroppedAttrCount: 4294967295,
          ScopeSchemaUrl: 'https://scope',
          ServiceName: name,
          MetricName: 'm',
          MetricDescription: 'what it is',
          MetricUnit: '{token}',
          Attributes: { model: 'gpt-5-mini' },
          StartTimeUnix: String(second - 60),
          TimeUnix: String(second),
          time_exact: timestamp,
          Flags: 0,
          ...columns,
        },
      ]);
    });
  },
);
