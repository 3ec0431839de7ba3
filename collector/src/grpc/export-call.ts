import type { handleUnaryCall } from '@grpc/grpc-js';
import type { ConsumeResult } from '../consume.js';
import { inflateBody } from '../receiver/content-encoding.js';
import type { ExportHandlerOptions } from '../receiver/export-handler.js';
import { encodeExportResponse } from '../receiver/export-response.js';
import { translateRefusal } from '../receiver/refusal-translation.js';
import type { Signal } from '../signal.js';
import type { CallGuard, GuardedCall } from './call-guard.js';
import { toGrpcStatus } from './grpc-refusal.js';

/** What the handlers of calls work with; the same parts as those of HTTP. */
export type ExportCallOptions = Omit<ExportHandlerOptions, 'authenticate' | 'admission'> & {
  readonly guard: CallGuard;
};

/** Handles Export of one signal: inflates the message, hands it on, and answers when it is stored or refused. */
export const createExportCall = (
  signal: Signal,
  { guard, consume, limits, stats, logger }: ExportCallOptions,
): handleUnaryCall<Buffer, Buffer> => {
  const run = async (
    message: Buffer,
    { principal, reservation, contentEncoding }: GuardedCall,
  ): Promise<ConsumeResult> => {
    const inflated = await inflateBody(message, {
      contentEncoding: isCompressed(message, contentEncoding) ? contentEncoding : '',
      maxBytes: limits.maxInflatedBytes,
      reservation,
    });
    if (inflated.status !== 'inflated') return inflated;
    if (inflated.body.length > limits.maxInflatedBytes) return tooLarge(limits.maxInflatedBytes);
    return consume({ signal, encoding: 'protobuf', body: inflated.body, principal });
  };

  const answer = (result: ConsumeResult, callback: Parameters<handleUnaryCall<Buffer, Buffer>>[1]): void => {
    if (result.status !== 'stored') {
      const { http } = translateRefusal(result);
      stats.countAnswer(http);
      const { status, detail } = result;
      logger[http >= 500 ? 'warn' : 'debug']({ signal, status, detail }, 'Request refused.');
      callback(toGrpcStatus(result));
      return;
    }
    stats.countAnswer(200);
    const { rejected, message } = result;
    if (rejected > 0) logger.warn({ signal, rejected }, 'Items rejected.');
    callback(null, Buffer.from(encodeExportResponse({ signal, rejected, message }, 'protobuf')));
  };

  return (call, callback) => {
    run(call.request, guard.callOf(call.metadata)).then(
      (result) => answer(result, callback),
      (error: unknown) => {
        // Only a mistake in this package gets here. The sender learns nothing of it but that the data is not stored.
        logger.error({ err: error, signal }, 'Unexpected failure.');
        stats.countAnswer(500);
        callback(toGrpcStatus({ status: 'permanent', reason: 'internal error' }));
      },
    );
  };
};

// With grpc-encoding a message may still be uncompressed. No OTLP request begins with these bytes.
const isCompressed = (message: Buffer, contentEncoding: string): boolean =>
  contentEncoding === 'gzip' ? message[0] === 0x1f && message[1] === 0x8b : message[0] === 0x78;

const tooLarge = (maxBytes: number): ConsumeResult => ({
  status: 'too-large',
  reason: `request body exceeds ${maxBytes} bytes`,
});
