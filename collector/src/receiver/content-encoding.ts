import type { Transform } from 'node:stream';
import { createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import type { Refusal } from '../refusal.js';
import type { Reservation } from './admission.js';

/** A body after decompression, or why there is none. */
export type InflateResult = { readonly status: 'inflated'; readonly body: Buffer } | Refusal;

type Decoder = Transform & { readonly bytesWritten: number };
type CreateDecoder = (options: { chunkSize: number }) => Decoder;

// `deflate` in HTTP is the zlib format; `zlib` is what the OpenTelemetry Collector also calls it.
const DECODERS: ReadonlyMap<string, CreateDecoder> = new Map<string, CreateDecoder>([
  ['gzip', createGunzip],
  ['zstd', createZstdDecompress],
  ['deflate', createInflate],
  ['zlib', createInflate],
]);

/** What Content-Encoding may say. */
export const CONTENT_ENCODINGS: readonly string[] = [...DECODERS.keys()];

/** Reads a Content-Encoding header: the name of a compression, '' for none, `null` for one that is not supported. */
export const parseContentEncoding = (header: string | undefined): string | null => {
  const name = (header ?? '').trim().toLowerCase();
  if (name === '' || name === 'identity') return '';
  return DECODERS.has(name) ? name : null;
};

/** What `inflateBody` goes by. */
export type InflateOptions = {
  /** As `parseContentEncoding` returned it. */
  readonly contentEncoding: string;
  readonly maxBytes: number;
  /** Takes every piece of the output as it comes. */
  readonly reservation: Reservation;
};

/**
 * Decompresses a body piece by piece. Stops as soon as the output exceeds `maxBytes` or what the receiver may hold as a
 * whole, so that neither one small body nor many of them can fill the memory.
 */
export const inflateBody = (body: Buffer, options: InflateOptions): Promise<InflateResult> => {
  const { contentEncoding, maxBytes, reservation } = options;
  const createDecoder = DECODERS.get(contentEncoding);
  if (createDecoder === undefined) return Promise.resolve({ status: 'inflated', body });
  const malformed = (reason: string): Refusal => ({
    status: 'malformed',
    reason: `${contentEncoding}: ${reason}`,
  });
  return new Promise((resolve) => {
    const decoder = createDecoder({ chunkSize: chunkSizeFor(body) });
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = (result: InflateResult): void => {
      resolve(result);
      decoder.destroy();
    };
    decoder.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) {
        const reason = `request body exceeds ${maxBytes} bytes after decompression`;
        finish({ status: 'too-large', reason });
      } else if (!reservation.grow(chunk.length)) {
        finish({ status: 'overloaded', reason: 'too many bytes in flight' });
      } else chunks.push(chunk);
    });
    decoder.on('error', (error) => finish(malformed(describe(error))));
    decoder.on('end', () => {
      // zlib ignores what follows the end of the compressed data. Bytes that nobody decoded must not be answered 200.
      if (decoder.bytesWritten < body.length) finish(malformed('bytes after the end of the compressed data'));
      else if (body.length === 0) finish(malformed('unexpected end of file'));
      else finish({ status: 'inflated', body: Buffer.concat(chunks, length) });
    });
    decoder.end(body);
  });
};

// Telemetry shrinks to a tenth or so: mostly one piece, and little memory for small bodies.
const chunkSizeFor = ({ length }: Buffer): number => Math.min(Math.max(8 * length, 16 * 1024), 256 * 1024);

// The OpenTelemetry Collector's words for the commonest mistake.
const describe = ({ message }: Error): string =>
  message === 'incorrect header check' ? 'invalid header' : message;
