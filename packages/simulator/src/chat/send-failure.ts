import type { ServerResponse } from 'node:http';
import type { ApiFailure } from './api-failure.js';

/** Answers with an error. Ends the response. */
export function sendFailure(
  response: ServerResponse,
  { status, error, retryAfterSeconds }: ApiFailure,
): void {
  const body = JSON.stringify({ error });
  const headers: Record<string, string | number> = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  if (retryAfterSeconds !== undefined) {
    headers['retry-after'] = Math.ceil(retryAfterSeconds);
    headers['retry-after-ms'] = Math.round(retryAfterSeconds * 1_000);
  }
  response.writeHead(status, headers).end(body);
}
