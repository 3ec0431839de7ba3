import type { Refusal, RefusalStatus } from '../refusal.js';
import { RPC_CODES, type RpcCode } from './rpc-status.js';

/** A refusal in the terms of the two transports. */
export type RefusalTranslation = {
  /** HTTP status. */
  readonly http: number;
  /** gRPC status code; inside google.rpc.Status for HTTP. */
  readonly rpc: RpcCode;
  /** When the sender may try again: Retry-After or RetryInfo. `null` where it must not. */
  readonly retryAfterSeconds: number | null;
  /** What the sender is told, at most 1,000 characters of Unicode. */
  readonly message: string;
};

// Over HTTP a sender repeats after 429 and 503 only; over gRPC after UNAVAILABLE, and after RESOURCE_EXHAUSTED when it is
// told when. It drops the data otherwise.
const TRANSLATIONS: Readonly<Record<RefusalStatus, Omit<RefusalTranslation, 'message'>>> = {
  unauthenticated: { http: 401, rpc: RPC_CODES.unauthenticated, retryAfterSeconds: null },
  malformed: { http: 400, rpc: RPC_CODES.invalidArgument, retryAfterSeconds: null },
  'too-large': { http: 413, rpc: RPC_CODES.resourceExhausted, retryAfterSeconds: null },
  overloaded: { http: 429, rpc: RPC_CODES.resourceExhausted, retryAfterSeconds: 1 },
  retryable: { http: 503, rpc: RPC_CODES.unavailable, retryAfterSeconds: 1 },
  unavailable: { http: 503, rpc: RPC_CODES.unavailable, retryAfterSeconds: 5 },
  permanent: { http: 500, rpc: RPC_CODES.internal, retryAfterSeconds: null },
};

const MAX_MESSAGE_LENGTH = 1_000;

/** What each transport makes of a refusal. */
export const translateRefusal = ({ status, reason }: Refusal): RefusalTranslation => ({
  ...TRANSLATIONS[status],
  message: reason.slice(0, MAX_MESSAGE_LENGTH).toWellFormed(),
});
