import protobuf from 'protobufjs/minimal.js';
import type { Encoding } from '../encode/create-request-encoder.js';
import type { Signal } from '../signal.js';

const REJECTED_FIELDS: Readonly<Record<Signal, string>> = {
  traces: 'rejectedSpans',
  metrics: 'rejectedDataPoints',
  logs: 'rejectedLogRecords',
};

/**
 * Encodes an Export{Trace,Metrics,Logs}ServiceResponse. Full success is an empty message; with rejected items it has a
 * partial success, after which the sender must not try again.
 */
export const encodeExportResponse = (
  { signal, rejected, message }: { signal: Signal; rejected: number; message: string },
  encoding: Encoding,
): Uint8Array => {
  if (encoding === 'json') {
    // int64 is decimal text in protobuf's JSON.
    const partialSuccess = { [REJECTED_FIELDS[signal]]: String(rejected), errorMessage: message };
    return Buffer.from(JSON.stringify(rejected === 0 ? {} : { partialSuccess }));
  }
  const writer = protobuf.Writer.create();
  if (rejected > 0) {
    // partial_success is field 1 (tag 10); in it the count is field 1 (tag 8) and the message field 2 (tag 18).
    writer.uint32(10).fork().uint32(8).int64(rejected).uint32(18).string(message).ldelim();
  }
  return writer.finish();
};
