import type { GaugeRow, LogRow } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { createRejections } from '../rejections.js';
import { toLogRows } from '../rows/log-rows.js';
import { rowBytes } from './row-bytes.js';
import { splitBatch } from './split-batch.js';

const DAY = 86_400_000_000_000n;

/** Log rows whose times are given, with a body of `length`. */
const logRows = (times: readonly bigint[], length = 0): readonly LogRow[] => {
  const record = {
    severityNumber: 0,
    severityText: '',
    body: 'x'.repeat(length),
    attributes: [],
    flags: 0,
    traceId: '',
    spanId: '',
    observedTimeUnixNano: 0n,
    eventName: '',
  };
  const logRecords = times.map((timeUnixNano) => ({ ...record, timeUnixNano }));
  const scopeLogs = [{ scope: undefined, logRecords, schemaUrl: '' }];
  const request = { resourceLogs: [{ resource: undefined, scopeLogs, schemaUrl: '' }] };
  return toLogRows(request, createRejections(), { receivedAtUnixNano: 1n }).otel_logs ?? [];
};

const split = (rows: readonly LogRow[], limits: { rows?: number; bytes?: number; days?: number }) => [
  ...splitBatch({ otel_logs: rows }, { rows: 1_000, bytes: 1_000_000, days: 1_000, ...limits }),
];

describe('splitBatch', () => {
  it('makes one block of rows that fit', () => {
    const rows = logRows([1n, 2n, 3n]);
    expect(split(rows, {})).toMatchObject([{ table: 'otel_logs', rows }]);
  });

  it('makes nothing of no rows', () => {
    expect([...splitBatch({ otel_logs: [], otel_traces: [] })]).toEqual([]);
  });

  it('splits by number of rows, in order, without losing one', () => {
    const rows = logRows([1n, 2n, 3n, 4n, 5n]);
    const blocks = split(rows, { rows: 2 });
    expect(blocks.map((block) => block.rows.length)).toEqual([2, 2, 1]);
    expect(blocks.flatMap((block) => block.rows)).toEqual(rows);
  });

  it('splits by size, and gives a row that is too large a block of its own', () => {
    const rows = [...logRows([1n, 2n], 10), ...logRows([3n], 5_000), ...logRows([4n], 10)];
    const blocks = split(rows, { bytes: 2_000 });
    expect(blocks.map((block) => block.rows.length)).toEqual([2, 1, 1]);
    expect(blocks.map(({ bytes }) => bytes)).toEqual(
      blocks.map((block) => block.rows.reduce((sum, row) => sum + rowBytes(row), 0)),
    );
  });

  it('splits by days, however they are mixed', () => {
    const rows = logRows([0n, DAY, 1n, 2n * DAY, DAY + 1n, 3n * DAY].map((time) => time + 20_000n * DAY));
    expect(split(rows, { days: 2 }).map((block) => block.rows.length)).toEqual([3, 2, 1]);
  });

  it('reads the day of tables that keep whole seconds', () => {
    const row = { TimeUnix: 86_399 } as GaugeRow;
    const next = { TimeUnix: 86_400 } as GaugeRow;
    const blocks = [...splitBatch({ otel_metrics_gauge: [row, next] }, { rows: 9, bytes: 9_999, days: 1 })];
    expect(blocks.map((block) => block.rows)).toEqual([[row], [next]]);
  });
});
