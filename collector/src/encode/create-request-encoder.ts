import { type BufferPool, createBufferPool } from '../buffer-pool.js';
import { DecodeError } from '../otlp/decode-error.js';
import { createJsonTranscoder } from '../otlp/json-transcoder.js';
import { exportLogsRequest } from '../otlp/logs.js';
import { exportMetricsRequest } from '../otlp/metrics.js';
import { exportTraceRequest } from '../otlp/traces.js';
import type { Refusal } from '../refusal.js';
import { createRejections, type Rejections } from '../rejections.js';
import type { RowSection } from '../rows/row-section.js';
import type { Signal } from '../signal.js';
import { EncodeContext, type ItemEncoder } from './encode-context.js';
import { DEFAULT_ENCODE_LIMITS, type EncodeLimits } from './encode-limits.js';
import { createEncodeResources, type EncodeResources } from './encode-resources.js';
import { LogEncoder } from './log-encoder.js';
import { MetricEncoder } from './metric-encoder.js';
import { DEFAULT_REDACTED_ATTRIBUTES } from './redacted-attributes.js';
import { ScopeColumns } from './scope-columns.js';
import { SpanEncoder } from './span-encoder.js';

/** The two encodings of OTLP. */
export type Encoding = 'protobuf' | 'json';

/** A request after decompression. */
export type EncodeRequest = {
  readonly signal: Signal;
  readonly encoding: Encoding;
  readonly body: Buffer;
  /** Wall clock at arrival, milliseconds. */
  readonly receivedAtMs: number;
  /** Who sent it, where that is known: every item gets it as `signalbox.tenant`, whatever it says itself. */
  readonly tenant?: string | null;
};

/** The rows of a request, or why it has none. */
export type EncodeResult =
  | {
      readonly status: 'encoded';
      /** By table and day; none without rows. Their bytes belong to the caller, who may give them back to the pool. */
      readonly sections: readonly RowSection[];
      /** Rows in all sections. */
      readonly items: number;
      /** Items that were left out, with the reasons for the sender; '' where there are none. */
      readonly rejected: number;
      readonly message: string;
    }
  | (Refusal & { readonly status: 'malformed' | 'too-large' });

/** Turns the bytes of an OTLP request into the bytes of ClickHouse rows. Synchronous; does not throw on any input. */
export type RequestEncoder = (request: EncodeRequest) => EncodeResult;

/** What `createRequestEncoder` takes. */
export type RequestEncoderOptions = {
  /** Those that are not given have their defaults. */
  readonly limits?: Partial<EncodeLimits>;
  /** Keys of attributes whose values are never stored, at any depth. Default `DEFAULT_REDACTED_ATTRIBUTES`. */
  readonly redactedAttributes?: readonly string[];
  /** Where the bytes of the sections come from. Default: one of its own. */
  readonly buffers?: BufferPool;
};

/** Creates an encoder. It holds buffers that it uses again for every request: one is enough for a process. */
export const createRequestEncoder = ({
  limits = {},
  redactedAttributes = DEFAULT_REDACTED_ATTRIBUTES,
  buffers = createBufferPool({ maxBytes: 0 }),
}: RequestEncoderOptions = {}): RequestEncoder => {
  const context = new EncodeContext({ ...DEFAULT_ENCODE_LIMITS, ...limits }, new Set(redactedAttributes));
  const encoders = createEncoders(context);
  const transcode = createJsonTranscoder();

  return ({ signal, encoding, body, receivedAtMs, tenant = null }) => {
    const rejections = createRejections();
    try {
      const bytes = encoding === 'json' ? transcode(body, MESSAGES[signal], rejections) : body;
      context.begin({ body: bytes, receivedAtMs, tenant, rejections });
      encoders[signal]();
      return toResult(context.sections.take(buffers), rejections);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      return { status: error.kind === 'too-large' ? 'too-large' : 'malformed', reason: error.reason };
    } finally {
      context.end();
    }
  };
};

const MESSAGES = { traces: exportTraceRequest, metrics: exportMetricsRequest, logs: exportLogsRequest };

const createEncoders = (context: EncodeContext): Readonly<Record<Signal, EncodeResources>> => {
  const scopeColumns = new ScopeColumns(context);
  const walk = (signal: Signal, encoder: ItemEncoder): EncodeResources =>
    createEncodeResources({
      context,
      message: MESSAGES[signal],
      scopeColumns,
      encodeItems: (items) => context.encodeItems(items, encoder),
    });
  return {
    traces: walk('traces', new SpanEncoder(context, scopeColumns)),
    metrics: walk('metrics', new MetricEncoder(context, scopeColumns)),
    logs: walk('logs', new LogEncoder(context, scopeColumns)),
  };
};

const toResult = (sections: readonly RowSection[], rejections: Rejections): EncodeResult => ({
  status: 'encoded',
  sections,
  items: sections.reduce((items, { rows }) => items + rows, 0),
  rejected: rejections.count,
  message: rejections.message(),
});
