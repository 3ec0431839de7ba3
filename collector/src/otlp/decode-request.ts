import type { Rejections } from '../rejections.js';
import { DecodeError } from './decode-error.js';
import { decodeJson } from './decode-json.js';
import { decodeProtobuf } from './decode-protobuf.js';
import type { Message } from './field.js';

/** The two encodings of OTLP. */
export type Encoding = 'protobuf' | 'json';

/** `malformed` is not OTLP; `too-large` has more elements than one request may have. */
export type DecodeResult<Value> =
  | { readonly status: 'decoded'; readonly request: Value }
  | { readonly status: 'malformed' | 'too-large'; readonly reason: string };

/**
 * Decodes the body of an export request. Both encodings give the same result for the same data. Items with numbers
 * that do not fit are left out and counted in `rejections`. Does not throw on any input.
 */
export const decodeRequest = <Value>({
  body,
  encoding,
  message,
  rejections,
}: {
  body: Buffer;
  encoding: Encoding;
  message: Message<Value>;
  rejections: Rejections;
}): DecodeResult<Value> => {
  // Nothing is an empty message in protobuf; in JSON it is taken for one.
  if (body.length === 0) return { status: 'decoded', request: message.initial };
  try {
    const request =
      encoding === 'json' ? decodeJson(body, message, rejections) : decodeProtobuf(body, message);
    return { status: 'decoded', request };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { status: error.kind === 'too-large' ? 'too-large' : 'malformed', reason: error.reason };
  }
};
