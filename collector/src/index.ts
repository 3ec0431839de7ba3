// OTLP in, ClickHouse rows out. A request goes through the folders in this order: receiver (HTTP), otlp (decoding),
// rows (conversion), exporter (ClickHouse). Start with collector.ts, which puts them together, then consume.ts, the way
// that every transport goes.
export { type Collector, type CollectorOptions, startCollector } from './collector.js';
export type { CollectorStats } from './collector-stats.js';
export { type ClickHouseExporterOptions, createClickHouseExporter } from './exporter/clickhouse-exporter.js';
export type { Exporter, ExportResult } from './exporter/exporter.js';
export type { Refusal, RefusalStatus } from './refusal.js';
export type { Batch } from './rows/batch.js';
export { SIGNALS, type Signal } from './signal.js';
