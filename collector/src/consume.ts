import { createHash } from 'node:crypto';
import { SignalboxError } from '@signalbox/spec';
import type { BufferPool } from './buffer-pool.js';
import type { StatsRecorder } from './collector-stats.js';
import type { Encoding, RequestEncoder } from './encode/create-request-encoder.js';
import type { LogWriter, RecordedAnswer } from './log/write-ahead-log.js';
import type { Refusal } from './refusal.js';
import type { Principal } from './security/authenticate.js';
import type { Signal } from './signal.js';

/** What became of an export request: everything that its sender may forget, or why not. */
export type ConsumeResult =
  | {
      readonly status: 'stored';
      /** Items that are in the log now and were not before. */
      readonly stored: number;
      /** Items that were refused alone. */
      readonly rejected: number;
      /** The reasons for that; empty where there are none. */
      readonly message: string;
      /** True for the retry of a request that is in the log already: it got the same answer and added nothing. */
      readonly isRepeated: boolean;
    }
  | (Refusal & { /** For the log; never telemetry. */ readonly detail?: string });

type ExportRequest = {
  readonly signal: Signal;
  readonly encoding: Encoding;
  /** After decompression. */
  readonly body: Buffer;
  readonly principal: Principal;
};

/** Encodes and logs one request: the way that every transport goes. Resolves when the rows are on disk. */
export type Consume = (request: ExportRequest) => Promise<ConsumeResult>;

/** What `createConsume` takes. */
export type ConsumeOptions = {
  readonly encode: RequestEncoder;
  /** Gets the bytes of the rows back that `encode` took from it. */
  readonly buffers: Pick<BufferPool, 'give'>;
  readonly log: LogWriter;
  /** Wall clock in milliseconds: the time of items that carry none. */
  readonly epochMs: () => number;
  readonly stats: Pick<StatsRecorder, 'countStored'>;
  /** Told how long it took until the rows of a request were on disk. */
  readonly recordAck: (seconds: number, signal: Signal) => void;
};

/** Creates the way into a log. */
export const createConsume = ({
  encode,
  buffers,
  log,
  epochMs,
  stats,
  recordAck,
}: ConsumeOptions): Consume => {
  const append = async (request: ExportRequest, bodyHash: Uint8Array): Promise<ConsumeResult> => {
    const receivedAt = epochMs();
    const encoded = encode({ ...request, tenant: request.principal.tenant, receivedAtMs: receivedAt });
    if (encoded.status !== 'encoded') return encoded;
    const { sections, items, rejected, message } = encoded;
    // Nothing to keep: a retry is worked out again.
    try {
      if (sections.length > 0) await log.append({ bodyHash, answer: { rejected, message }, sections });
    } finally {
      for (const { bytes } of sections) buffers.give(bytes);
    }
    return { status: 'stored', stored: items, rejected, message, isRepeated: false };
  };

  const consume = async (request: ExportRequest): Promise<ConsumeResult> => {
    try {
      const bodyHash = hashOf(request);
      const recalled = log.recall(bodyHash);
      // Between `recall` and `append` nothing else runs: of identical requests at the same time one is encoded.
      return recalled === null ? await append(request, bodyHash) : toRepeated(await recalled);
    } catch (error) {
      return toRefusal(error);
    }
  };

  return async (request) => {
    const start = performance.now();
    const result = await consume(request);
    if (result.status === 'stored') {
      stats.countStored(request.signal, result);
      recordAck((performance.now() - start) / 1000, request.signal);
    }
    return result;
  };
};

const toRepeated = ({ rejected, message }: RecordedAnswer): ConsumeResult => ({
  status: 'stored',
  stored: 0,
  rejected,
  message,
  isRepeated: true,
});

// The sender keeps the data and tries again: never 500, after which it would drop it.
const toRefusal = (error: unknown): ConsumeResult => {
  if (SignalboxError.isInstance(error, 'log-full'))
    return {
      status: 'unavailable',
      reason: 'no room for more telemetry at the moment',
      detail: error.message,
    };
  if (SignalboxError.isInstance(error, 'log-failed'))
    return {
      status: 'unavailable',
      reason: 'telemetry cannot be stored at the moment',
      detail: error.message,
    };
  throw error;
};

const NO_TENANT = '';

const hashOf = ({ principal, signal, body }: ExportRequest): Uint8Array =>
  createHash('sha256')
    .update(`${JSON.stringify([principal.tenant ?? NO_TENANT, signal])}\n`)
    .update(body)
    .digest();
