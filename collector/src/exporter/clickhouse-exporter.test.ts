import type { Store } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import type { Batch } from '../rows/batch.js';
import { createClickHouseExporter } from './clickhouse-exporter.js';

// Stands in for the store where a test decides when and how an insert ends. What a real one does: clickhouse.test.ts.
const controlledStore = () => {
  const inserts: { table: string; rows: number; end: () => void; fail: (error: unknown) => void }[] = [];
  const store: Pick<Store, 'insert' | 'command'> = {
    insert(table, rows) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      inserts.push({ table, rows: rows.length, end: resolve, fail: reject });
      return promise;
    },
    command: () => Promise.resolve(),
  };
  return { store, inserts };
};

const clickHouseError = (code: string) => Object.assign(new Error('no'), { code });
const batchOf = (...tables: (keyof Batch)[]): Batch =>
  Object.fromEntries(
    tables.map((table) => [table, [{ Timestamp: '1700000000.0', TimeUnix: 1_700_000_000 }]]),
  );

describe('createClickHouseExporter', () => {
  it('succeeds only when every table has its rows', async () => {
    const { store, inserts } = controlledStore();
    const exporter = createClickHouseExporter({ store, insertTimeoutMs: 30_000 });
    let isDone = false;
    const result = exporter.export(batchOf('otel_metrics_gauge', 'otel_metrics_sum')).finally(() => {
      isDone = true;
    });
    await expect
      .poll(() => inserts.map(({ table }) => table))
      .toEqual(['otel_metrics_gauge', 'otel_metrics_sum']);
    inserts[0]?.end();
    await new Promise(setImmediate);
    expect(isDone).toBe(false);
    inserts[1]?.end();
    expect(await result).toEqual({ status: 'succeeded' });
  });

  it('reports the failure that the sender may repeat before one that is final', async () => {
    const { store, inserts } = controlledStore();
    const exporter = createClickHouseExporter({ store, insertTimeoutMs: 30_000 });
    const result = exporter.export(
      batchOf('otel_metrics_gauge', 'otel_metrics_sum', 'otel_metrics_histogram'),
    );
    await expect.poll(() => inserts.length).toBe(3);
    inserts[0]?.fail(clickHouseError('27'));
    inserts[1]?.fail(clickHouseError('241'));
    inserts[2]?.end();
    expect(await result).toMatchObject({ status: 'retryable' });
  });

  it('runs a bounded number of inserts at once', async () => {
    const { store, inserts } = controlledStore();
    const exporter = createClickHouseExporter({ store, insertTimeoutMs: 30_000, maxConcurrentInserts: 2 });
    const results = Array.from({ length: 5 }, () => exporter.export(batchOf('otel_logs')));
    await expect.poll(() => inserts.length).toBe(2);
    await new Promise(setImmediate);
    expect(inserts).toHaveLength(2);
    for (let index = 0; index < 5; index += 1) {
      await expect.poll(() => inserts.length).toBeGreaterThan(index);
      inserts[index]?.end();
    }
    expect(await Promise.all(results)).toEqual(Array.from({ length: 5 }, () => ({ status: 'succeeded' })));
  });

  it('refuses a batch that waits for its turn too long', async () => {
    const { store, inserts } = controlledStore();
    const exporter = createClickHouseExporter({ store, insertTimeoutMs: 20, maxConcurrentInserts: 1 });
    const first = exporter.export(batchOf('otel_logs'));
    expect(await exporter.export(batchOf('otel_traces'))).toMatchObject({ status: 'retryable' });
    inserts[0]?.end();
    expect(await first).toEqual({ status: 'succeeded' });
    expect(inserts).toHaveLength(1);
  });

  it('does not begin for a sender that has gone, and ends what has begun', async () => {
    const { store, inserts } = controlledStore();
    const exporter = createClickHouseExporter({ store, insertTimeoutMs: 30_000, maxConcurrentInserts: 1 });
    const gone = new AbortController();
    const running = exporter.export(batchOf('otel_logs'), { signal: gone.signal });
    const waiting = exporter.export(batchOf('otel_traces'), { signal: gone.signal });
    gone.abort();
    expect(await waiting).toMatchObject({ status: 'retryable' });
    inserts[0]?.end();
    expect(await running).toEqual({ status: 'succeeded' });
    expect(inserts).toHaveLength(1);
  });

  it('refuses a small request that stands for very many bytes', async () => {
    const { store, inserts } = controlledStore();
    const exporter = createClickHouseExporter({ store, insertTimeoutMs: 30_000 });
    const ResourceAttributes = { large: 'x'.repeat(10_000_000) };
    const row = { Timestamp: '1700000000.0', ResourceAttributes };
    const batch = { otel_logs: Array.from({ length: 60 }, () => row) } as unknown as Batch;
    expect(await exporter.export(batch)).toMatchObject({ status: 'too-large' });
    expect(inserts).toHaveLength(0);
  });
});
