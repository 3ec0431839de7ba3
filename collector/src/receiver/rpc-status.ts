import protobuf from 'protobufjs/minimal.js';
import type { Encoding } from '../encode/create-request-encoder.js';

/** The gRPC codes in use here. OTLP/HTTP carries them inside google.rpc.Status. */
export const RPC_CODES = {
  invalidArgument: 3,
  resourceExhausted: 8,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
} as const;

/** One of `RPC_CODES`. */
export type RpcCode = (typeof RPC_CODES)[keyof typeof RPC_CODES];

/** A google.rpc.Status. */
export type RpcStatus = {
  readonly code: RpcCode;
  readonly message: string;
  /** Adds a google.rpc.RetryInfo where it is a number; protobuf only, as HTTP says it in a header. */
  readonly retryAfterSeconds?: number | null;
};

const RETRY_INFO = 'type.googleapis.com/google.rpc.RetryInfo';

/** Encodes a google.rpc.Status: the body of every refusal over HTTP, a trailer over gRPC. */
export const encodeRpcStatus = (
  { code, message, retryAfterSeconds = null }: RpcStatus,
  encoding: Encoding,
): Uint8Array => {
  if (encoding === 'json') return Buffer.from(JSON.stringify({ code, message }));
  // Field 1 is a varint (tag 8), field 2 a string (tag 18), field 3 an Any (tag 26) of type URL (10) and value (18).
  const writer = protobuf.Writer.create().uint32(8).int32(code).uint32(18).string(message);
  if (retryAfterSeconds !== null) {
    writer.uint32(26).fork().uint32(10).string(RETRY_INFO);
    // The value is a RetryInfo: field 1 (tag 10) is a Duration, whose field 1 (tag 8) are seconds.
    writer.uint32(18).fork().uint32(10).fork().uint32(8).int64(retryAfterSeconds).ldelim().ldelim().ldelim();
  }
  return writer.finish();
};
