import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { BufferPool } from '../buffer-pool.js';
import type { StatsRecorder } from '../collector-stats.js';
import type { Consume, ConsumeResult } from '../consume.js';
import type { Encoding } from '../encode/create-request-encoder.js';
import { type Authenticate, type Principal, UNAUTHENTICATED } from '../security/authenticate.js';
import type { Signal } from '../signal.js';
import type { Admission } from './admission.js';
import { encodeExportResponse } from './export-response.js';
import { MEDIA_TYPES, parseMediaType } from './media-type.js';
import { type BodyLimits, receiveBody } from './receive-body.js';
import { toRefusalAnswer } from './refusal-answer.js';
import { send, sendText } from './send.js';

/** What a handler works with; shared by the handlers of all signals. */
export type ExportHandlerOptions = {
  readonly authenticate: Authenticate;
  readonly consume: Consume;
  /** Where bodies come from, and go when they are consumed. */
  readonly buffers: BufferPool;
  readonly admission: Admission;
  readonly limits: BodyLimits;
  readonly stats: StatsRecorder;
  readonly logger: Logger;
};

type Result = ConsumeResult | { readonly status: 'aborted' };

const UNSUPPORTED = `415 unsupported media type, supported: [${MEDIA_TYPES.json}, ${MEDIA_TYPES.protobuf}]`;

/** Handles POST /v1/<signal>: reads the body, hands it on, and answers when the rows are stored or refused. */
export const createExportHandler = (
  signal: Signal,
  { authenticate, consume, buffers, admission, limits, stats, logger }: ExportHandlerOptions,
) => {
  const run = async (
    request: IncomingMessage,
    { encoding, principal }: { encoding: Encoding; principal: Principal },
  ): Promise<Result> => {
    const reservation = admission.admit();
    try {
      const received = await receiveBody(request, { reservation, buffers }, limits);
      if (received.status !== 'received') return received;
      const { body } = received;
      const result = await consume({ signal, encoding, body, principal });
      buffers.give(body);
      return result;
    } finally {
      reservation.release();
    }
  };

  const answer = (response: ServerResponse, encoding: Encoding, result: Result): void => {
    if (result.status === 'aborted') return;
    if (result.status === 'stored') {
      const { rejected, message } = result;
      if (rejected > 0) logger.warn({ signal, rejected }, 'Items rejected.');
      const body = encodeExportResponse({ signal, rejected, message }, encoding);
      send(response, { status: 200, mediaType: MEDIA_TYPES[encoding], body });
      return;
    }
    const refusal = toRefusalAnswer(result, encoding);
    const level = refusal.status >= 500 ? 'warn' : 'debug';
    // The reason may quote the body: it goes to the sender, who knows it, and not into the log.
    logger[level]({ signal, status: result.status, detail: result.detail }, 'Request refused.');
    // A body that was not read to its end cannot be followed by another request.
    send(response, { ...refusal, closesConnection: !response.req.complete });
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.once('finish', () => stats.countAnswer(response.statusCode));
    const encoding = parseMediaType(request.headers['content-type']);
    if (encoding === null) {
      sendText(response, 415, UNSUPPORTED);
      return;
    }
    // Before the body: who may not send costs nothing but headers.
    const principal = authenticate(request.headersDistinct.authorization ?? []);
    if (principal === null) {
      answer(response, encoding, UNAUTHENTICATED);
      return;
    }
    answer(response, encoding, await run(request, { encoding, principal }));
  };
};
