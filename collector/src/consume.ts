import type { Exporter, ExportResult } from './exporter/exporter.js';
import { decodeRequest, type Encoding } from './otlp/decode-request.js';
import type { Message } from './otlp/field.js';
import { exportLogsRequest } from './otlp/logs.js';
import { exportMetricsRequest } from './otlp/metrics.js';
import { exportTraceRequest } from './otlp/traces.js';
import type { Refusal } from './refusal.js';
import { createRejections, type Rejections } from './rejections.js';
import type { Batch, RowContext } from './rows/batch.js';
import { toLogRows } from './rows/log-rows.js';
import { toMetricRows } from './rows/metric-rows.js';
import { toTraceRows } from './rows/trace-rows.js';
import type { Principal } from './security/authenticate.js';
import type { Signal } from './signal.js';

/** What became of an export request. `stored` counts the items that are in the store, `rejected` those refused alone. */
export type ConsumeResult =
  | {
      readonly status: 'stored';
      readonly stored: number;
      readonly rejected: number;
      readonly message: string;
    }
  | (Refusal & { readonly detail?: string });

type ExportRequest = {
  readonly signal: Signal;
  readonly encoding: Encoding;
  /** After decompression. */
  readonly body: Buffer;
  readonly principal: Principal;
  /** Aborted when the sender no longer waits. */
  readonly abortSignal: AbortSignal;
};

/** Decodes, converts and stores one request: the way that every transport goes. Resolves when ClickHouse has the rows. */
export type Consume = (request: ExportRequest) => Promise<ConsumeResult>;

/** Creates the way through an exporter. `epochMs` is the wall clock in milliseconds. */
export const createConsume =
  ({ exporter, epochMs }: { exporter: Exporter; epochMs: () => number }): Consume =>
  async ({ signal, encoding, body, abortSignal }) => {
    const rejections = createRejections();
    const receivedAtUnixNano = BigInt(epochMs()) * NANOS_PER_MILLISECOND;
    const converted = CONVERSIONS[signal](body, encoding, rejections, { receivedAtUnixNano });
    if (converted.status !== 'converted') return converted;
    const stored = countRows(converted.batch);
    const result: ExportResult =
      stored === 0
        ? { status: 'succeeded' }
        : await exporter.export(converted.batch, { signal: abortSignal });
    if (result.status !== 'succeeded') return result;
    return { status: 'stored', stored, rejected: rejections.count, message: rejections.message() };
  };

const NANOS_PER_MILLISECOND = 1_000_000n;

type Converted = { readonly status: 'converted'; readonly batch: Batch } | Refusal;

const conversion =
  <Request>(
    message: Message<Request>,
    toRows: (request: Request, rejections: Rejections, context: RowContext) => Batch,
  ) =>
  (body: Buffer, encoding: Encoding, rejections: Rejections, context: RowContext): Converted => {
    const decoded = decodeRequest({ body, encoding, message, rejections });
    if (decoded.status !== 'decoded') return decoded;
    return { status: 'converted', batch: toRows(decoded.request, rejections, context) };
  };

const CONVERSIONS = {
  traces: conversion(exportTraceRequest, toTraceRows),
  metrics: conversion(exportMetricsRequest, toMetricRows),
  logs: conversion(exportLogsRequest, toLogRows),
};

const countRows = (batch: Batch): number =>
  Object.values(batch).reduce((count, rows) => count + rows.length, 0);
