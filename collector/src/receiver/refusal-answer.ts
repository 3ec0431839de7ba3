import type { Encoding } from '../encode/create-request-encoder.js';
import type { Refusal } from '../refusal.js';
import { MEDIA_TYPES } from './media-type.js';
import { translateRefusal } from './refusal-translation.js';
import { encodeRpcStatus } from './rpc-status.js';
import type { Answer } from './send.js';

/** What OTLP/HTTP answers to a refusal: a google.rpc.Status in the encoding of the request. */
export const toRefusalAnswer = (refusal: Refusal, encoding: Encoding): Answer => {
  const { http, rpc, message, retryAfterSeconds } = translateRefusal(refusal);
  const body = encodeRpcStatus({ code: rpc, message }, encoding);
  return {
    status: http,
    mediaType: MEDIA_TYPES[encoding],
    body,
    retryAfterSeconds,
    ...(http === 401 && { challenge: 'Bearer' }),
  };
};
