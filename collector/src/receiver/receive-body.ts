import type { IncomingMessage } from 'node:http';
import type { BufferPool } from '../buffer-pool.js';
import type { Refusal } from '../refusal.js';
import type { Reservation } from './admission.js';
import { CONTENT_ENCODINGS, inflateBody, parseContentEncoding } from './content-encoding.js';
import { readBody } from './read-body.js';

/** Sizes of one request body. */
export type BodyLimits = {
  /** As received. */
  readonly maxBodyBytes: number;
  /** After decompression. */
  readonly maxInflatedBytes: number;
};

/** The body of a request after decompression, which may be in a buffer of the pool. `aborted` when the sender went away before the end. */
export type ReceiveResult =
  | { readonly status: 'received'; readonly body: Buffer }
  | { readonly status: 'aborted' }
  | Refusal;

/** What `receiveBody` works with. */
type ReceiveOptions = { readonly reservation: Reservation; readonly buffers: BufferPool };

/** Reads and decompresses the body of a request within the limits. */
export const receiveBody = async (
  request: IncomingMessage,
  { reservation, buffers }: ReceiveOptions,
  { maxBodyBytes, maxInflatedBytes }: BodyLimits,
): Promise<ReceiveResult> => {
  const header = request.headers['content-encoding'];
  const contentEncoding = parseContentEncoding(header);
  if (contentEncoding === null) {
    const reason = `unsupported Content-Encoding: ${header}, supported: [${CONTENT_ENCODINGS.join(', ')}]`;
    return { status: 'malformed', reason };
  }
  // A body that is not compressed has to keep both limits.
  const maxBytes = contentEncoding === '' ? Math.min(maxBodyBytes, maxInflatedBytes) : maxBodyBytes;
  const read = await readBody(request, { maxBytes, reservation, buffers });
  if (read.status !== 'read') return read;
  if (contentEncoding === '') return { status: 'received', body: read.body };
  const inflated = await inflateBody(read.body, { contentEncoding, maxBytes: maxInflatedBytes, reservation });
  // A decoder that was stopped may still be reading it.
  if (inflated.status !== 'inflated') return inflated;
  buffers.give(read.body);
  return { ...inflated, status: 'received' };
};
