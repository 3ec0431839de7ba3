import type { IncomingMessage } from 'node:http';
import type { BufferPool } from '../buffer-pool.js';
import type { Refusal } from '../refusal.js';
import type { Reservation } from './admission.js';

/** The bytes of a request as received; `aborted` when the sender went away before the end. */
export type ReadResult =
  | { readonly status: 'read'; readonly body: Buffer }
  | { readonly status: 'aborted' }
  | Refusal;

/**
 * Reads the body of a request up to `maxBytes`. A declared length over the limit is refused before a byte is read, an
 * undeclared one as soon as it passes the limit. What is left unread stays in the socket: the caller answers and closes.
 * The body is in a buffer of the pool, which is taken when all of it is there.
 */
export const readBody = (
  request: IncomingMessage,
  { maxBytes, reservation, buffers }: { maxBytes: number; reservation: Reservation; buffers: BufferPool },
): Promise<ReadResult> => {
  const tooLarge: Refusal = { status: 'too-large', reason: `request body exceeds ${maxBytes} bytes` };
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.resolve(tooLarge);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = (result: ReadResult): void => {
      request.off('data', onData).off('end', onEnd).off('close', onClose);
      request.pause();
      resolve(result);
    };
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > maxBytes) finish(tooLarge);
      else if (!reservation.grow(chunk.length)) {
        finish({ status: 'overloaded', reason: 'too many bytes in flight' });
      } else chunks.push(chunk);
    };
    const onEnd = (): void => finish({ status: 'read', body: join(chunks, buffers.take(length)) });
    const onClose = (): void => finish({ status: 'aborted' });
    request.on('data', onData).on('end', onEnd).on('close', onClose);
    // A broken connection is an 'error' followed by 'close'.
    request.on('error', onClose);
  });
};

const join = (chunks: readonly Buffer[], target: Buffer): Buffer => {
  let length = 0;
  for (const chunk of chunks) length += chunk.copy(target, length);
  return target.subarray(0, length);
};
