import { Metadata, type StatusObject } from '@grpc/grpc-js';
import { translateRefusal } from '../receiver/refusal-translation.js';
import { encodeRpcStatus } from '../receiver/rpc-status.js';
import type { Refusal } from '../refusal.js';

/** What OTLP/gRPC answers to a refusal; with RetryInfo where the sender may try again. */
export const toGrpcStatus = (refusal: Refusal): StatusObject => {
  const { rpc, message, retryAfterSeconds } = translateRefusal(refusal);
  const metadata = new Metadata();
  if (retryAfterSeconds !== null) {
    const status = encodeRpcStatus({ code: rpc, message, retryAfterSeconds }, 'protobuf');
    metadata.set('grpc-status-details-bin', Buffer.from(status));
  }
  return { code: rpc, details: message, metadata };
};
