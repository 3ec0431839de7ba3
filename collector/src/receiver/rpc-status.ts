import protobuf from 'protobufjs/minimal.js';
import type { Encoding } from '../otlp/decode-request.js';

/** The gRPC codes in use here. OTLP/HTTP carries them inside google.rpc.Status. */
export const RPC_CODES = {
  invalidArgument: 3,
  resourceExhausted: 8,
  internal: 13,
  unavailable: 14,
} as const;

/** One of `RPC_CODES`. */
export type RpcCode = (typeof RPC_CODES)[keyof typeof RPC_CODES];

/** Encodes a google.rpc.Status `{ code, message }`: the body of every refusal, in the encoding of the request. */
export const encodeRpcStatus = (
  { code, message }: { code: RpcCode; message: string },
  encoding: Encoding,
): Uint8Array => {
  if (encoding === 'json') return Buffer.from(JSON.stringify({ code, message }));
  // Field 1 is a varint (tag 8), field 2 a string (tag 18).
  return protobuf.Writer.create().uint32(8).int32(code).uint32(18).string(message).finish();
};
