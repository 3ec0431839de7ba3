import express, { type ErrorRequestHandler, type Express } from 'express';
import { type Health, toReadiness } from '../operations/health.js';
import { SIGNALS } from '../signal.js';
import { createExportHandler, type ExportHandlerOptions } from './export-handler.js';
import { MEDIA_TYPES, parseMediaType } from './media-type.js';
import { createMetricsHandler, type MetricsPage } from './metrics-handler.js';
import { encodeRpcStatus, RPC_CODES } from './rpc-status.js';
import { send, sendText } from './send.js';

/** What the receiver works with. */
export type ReceiverOptions = ExportHandlerOptions & {
  readonly health: Health;
  readonly metricsPage: MetricsPage;
};

/** The OTLP/HTTP routes, and /healthz, /readyz and /metrics beside them. */
export const createReceiver = (options: ReceiverOptions): Express => {
  const app = express();
  app.disable('x-powered-by').disable('etag').disable('query parser');
  app.enable('case sensitive routing').enable('strict routing');
  for (const signal of SIGNALS) {
    app
      .route(`/v1/${signal}`)
      .post(createExportHandler(signal, options))
      .all((_request, response) => {
        response.setHeader('allow', 'POST');
        sendText(response, 405, '405 method not allowed, supported: [POST]');
      });
  }
  app.get('/healthz', (_request, response) => sendJson(response, 200, { status: 'alive' }));
  app.get('/readyz', async (_request, response) => {
    const readiness = toReadiness(await options.health());
    sendJson(response, readiness.status === 'ready' ? 200 : 503, readiness);
  });
  app.get('/metrics', createMetricsHandler(options.metricsPage));
  app.use((_request, response) => sendText(response, 404, '404 not found'));
  app.use(failureHandler(options));
  return app;
};

const sendJson = (response: Parameters<typeof send>[0], status: number, value: object): void =>
  send(response, { status, mediaType: MEDIA_TYPES.json, body: Buffer.from(JSON.stringify(value)) });

// Only a mistake in this package gets here. The sender learns nothing of it but that the data is not stored.
const failureHandler =
  ({ logger }: ReceiverOptions): ErrorRequestHandler =>
  (error, request, response, _next) => {
    logger.error({ err: error, method: request.method, path: request.path }, 'Unexpected failure.');
    const encoding = parseMediaType(request.headers['content-type']) ?? 'json';
    const body = encodeRpcStatus({ code: RPC_CODES.internal, message: 'internal error' }, encoding);
    send(response, { status: 500, mediaType: MEDIA_TYPES[encoding], body });
  };
