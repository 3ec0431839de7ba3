import { gunzip, type InputType, inflate, zstdDecompress } from 'node:zlib';
import type { Refusal } from '../refusal.js';

/** A body after decompression, or why there is none. */
export type InflateResult = { readonly status: 'inflated'; readonly body: Buffer } | Refusal;

type Decompress = (
  body: InputType,
  options: { maxOutputLength: number; info: true },
  callback: (error: (Error & { code?: string }) | null, result: unknown) => void,
) => void;

// With `info`, zlib's callbacks hand over the buffer and the engine. The type definitions do not know it.
type Informed = { buffer: Buffer; engine: { bytesWritten: number } };

// `deflate` in HTTP is the zlib format; `zlib` is what the OpenTelemetry Collector also calls it.
const DECOMPRESSORS: ReadonlyMap<string, Decompress> = new Map<string, Decompress>([
  ['gzip', gunzip as Decompress],
  ['zstd', zstdDecompress as Decompress],
  ['deflate', inflate as Decompress],
  ['zlib', inflate as Decompress],
]);

/** What Content-Encoding may say. */
export const CONTENT_ENCODINGS: readonly string[] = [...DECOMPRESSORS.keys()];

/** Reads a Content-Encoding header: the name of a compression, '' for none, `null` for one that is not supported. */
export const parseContentEncoding = (header: string | undefined): string | null => {
  const name = (header ?? '').trim().toLowerCase();
  if (name === '' || name === 'identity') return '';
  return DECOMPRESSORS.has(name) ? name : null;
};

/** Decompresses a body. Stops as soon as the output exceeds `maxBytes`, so that a small body cannot fill the memory. */
export const inflateBody = async (
  body: Buffer,
  { contentEncoding, maxBytes }: { contentEncoding: string; maxBytes: number },
): Promise<InflateResult> => {
  const decompress = DECOMPRESSORS.get(contentEncoding);
  if (decompress === undefined) return { status: 'inflated', body };
  return new Promise((resolve) => {
    decompress(body, { maxOutputLength: maxBytes, info: true }, (error, result) => {
      if (error?.code === 'ERR_BUFFER_TOO_LARGE') {
        const reason = `request body exceeds ${maxBytes} bytes after decompression`;
        resolve({ status: 'too-large', reason });
      } else if (error) {
        resolve({ status: 'malformed', reason: `${contentEncoding}: ${describe(error)}` });
      } else {
        resolve(requireAllRead(result as Informed, body, contentEncoding));
      }
    });
  });
};

// zlib ignores what follows the end of the compressed data. Bytes that nobody decoded must not be answered 200.
const requireAllRead = (
  { buffer, engine }: Informed,
  body: Buffer,
  contentEncoding: string,
): InflateResult =>
  engine.bytesWritten < body.length
    ? { status: 'malformed', reason: `${contentEncoding}: bytes after the end of the compressed data` }
    : { status: 'inflated', body: buffer };

// The OpenTelemetry Collector's words for the commonest mistake.
const describe = ({ message }: Error): string =>
  message === 'incorrect header check' ? 'invalid header' : message;
