import { expect, it } from 'vitest';
import { translateRefusal } from './refusal-translation.js';

// OTLP: over HTTP exactly 429, 502, 503 and 504 are tried again; over gRPC UNAVAILABLE (14), and RESOURCE_EXHAUSTED (8) when
// it says when.
it.each([
  { status: 'unauthenticated', http: 401, rpc: 16, retryAfterSeconds: null },
  { status: 'malformed', http: 400, rpc: 3, retryAfterSeconds: null },
  { status: 'too-large', http: 413, rpc: 8, retryAfterSeconds: null },
  { status: 'overloaded', http: 429, rpc: 8, retryAfterSeconds: 1 },
  { status: 'retryable', http: 503, rpc: 14, retryAfterSeconds: 1 },
  { status: 'unavailable', http: 503, rpc: 14, retryAfterSeconds: 5 },
  { status: 'permanent', http: 500, rpc: 13, retryAfterSeconds: null },
] as const)('makes HTTP $http and gRPC $rpc of $status', ({ status, ...expected }) => {
  expect(translateRefusal({ status, reason: 'the reason' })).toEqual({ ...expected, message: 'the reason' });
});

it('cuts a reason that is too long, and makes Unicode of it', () => {
  const { message } = translateRefusal({ status: 'malformed', reason: `\ud800${'x'.repeat(5_000)}` });
  expect(message).toBe(`\ufffd${'x'.repeat(999)}`);
});
