import type { Encoding } from '../otlp/decode-request.js';
import type { Refusal, RefusalStatus } from '../refusal.js';
import { MEDIA_TYPES } from './media-type.js';
import { encodeRpcStatus, RPC_CODES, type RpcCode } from './rpc-status.js';
import type { Answer } from './send.js';

type Translation = {
  readonly http: number;
  readonly rpc: RpcCode;
  readonly retryAfterSeconds: number | null;
};

// A sender repeats after 429 and 503 only; it drops the data after 400, 413 and 500.
const TRANSLATIONS: Readonly<Record<RefusalStatus, Translation>> = {
  malformed: { http: 400, rpc: RPC_CODES.invalidArgument, retryAfterSeconds: null },
  'too-large': { http: 413, rpc: RPC_CODES.resourceExhausted, retryAfterSeconds: null },
  overloaded: { http: 429, rpc: RPC_CODES.resourceExhausted, retryAfterSeconds: 1 },
  retryable: { http: 503, rpc: RPC_CODES.unavailable, retryAfterSeconds: 1 },
  unavailable: { http: 503, rpc: RPC_CODES.unavailable, retryAfterSeconds: 5 },
  permanent: { http: 500, rpc: RPC_CODES.internal, retryAfterSeconds: null },
};

const MAX_MESSAGE_LENGTH = 1_000;

/** What OTLP/HTTP answers to a refusal: a google.rpc.Status in the encoding of the request. */
export const toRefusalAnswer = ({ status, reason }: Refusal, encoding: Encoding): Answer => {
  const { http, rpc, retryAfterSeconds } = TRANSLATIONS[status];
  const message = reason.slice(0, MAX_MESSAGE_LENGTH).toWellFormed();
  const body = encodeRpcStatus({ code: rpc, message }, encoding);
  return { status: http, mediaType: MEDIA_TYPES[encoding], body, retryAfterSeconds };
};
