import type { ServerResponse } from 'node:http';

/** An answer that is ready to be sent. */
export type Answer = {
  readonly status: number;
  /** Sent exactly so, without a charset. */
  readonly mediaType: string;
  readonly body: Uint8Array;
  /** When the sender may try again, where it may. */
  readonly retryAfterSeconds?: number | null;
  /** The scheme by which the sender may prove who it is, where it did not. */
  readonly challenge?: string;
  /** Closes the connection although the sender has more to say. */
  readonly closesConnection?: boolean;
};

/** Sends an answer. Does nothing when the sender has gone. */
export const send = (response: ServerResponse, answer: Answer): void => {
  if (response.destroyed || response.headersSent) return;
  const { status, mediaType, body, retryAfterSeconds = null, challenge, closesConnection = false } = answer;
  response.statusCode = status;
  response.setHeader('content-type', mediaType);
  response.setHeader('content-length', body.length);
  if (retryAfterSeconds !== null) response.setHeader('retry-after', retryAfterSeconds);
  if (challenge !== undefined) response.setHeader('www-authenticate', challenge);
  if (closesConnection) endAfterLinger(response, body);
  else response.end(body);
};

/** Sends a plain-text answer: the form of what is not OTLP. */
export const sendText = (response: ServerResponse, status: number, text: string): void =>
  send(response, { status, mediaType: 'text/plain', body: Buffer.from(text) });

const LINGER_MS = 500;

// Closing a socket with unread data in it resets the connection, and the sender loses the answer. So the answer goes out
// at once, and what the sender still had under way is thrown away for a moment before the end.
const endAfterLinger = (response: ServerResponse, body: Uint8Array): void => {
  const { req: request } = response;
  response.setHeader('connection', 'close');
  response.write(body);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, LINGER_MS);
  request.once('end', end).once('close', end).resume();
};
