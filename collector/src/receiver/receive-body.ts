import type { IncomingMessage } from 'node:http';
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

/** The body of a request after decompression. `aborted` when the sender went away before the end. */
export type ReceiveResult =
  | { readonly status: 'received'; readonly body: Buffer }
  | { readonly status: 'aborted' }
  | Refusal;

/** Reads and decompresses the body of a request within the limits. */
export const receiveBody = async (
  request: IncomingMessage,
  reservation: Reservation,
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
  const read = await readBody(request, { maxBytes, reservation });
  if (read.status !== 'read') return read;
  if (contentEncoding === '') return { status: 'received', body: read.body };
  const inflated = await inflateBody(read.body, { contentEncoding, maxBytes: maxInflatedBytes, reservation });
  return inflated.status === 'inflated' ? { ...inflated, status: 'received' } : inflated;
};
