import type { IncomingMessage, ServerResponse } from 'node:http';
import { send, sendText } from './send.js';

/** The page for Prometheus. */
export type MetricsPage = {
  /** Whether who shows these Authorization headers may read it. */
  readonly isAllowed: (authorization: readonly string[]) => boolean;
  /** The text of this moment, in Prometheus' format 0.0.4. */
  readonly render: () => Promise<string>;
};

const MEDIA_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Handles GET /metrics. */
export const createMetricsHandler =
  ({ isAllowed, render }: MetricsPage) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (isAllowed(request.headersDistinct.authorization ?? [])) {
      send(response, { status: 200, mediaType: MEDIA_TYPE, body: Buffer.from(await render()) });
      return;
    }
    response.setHeader('www-authenticate', 'Bearer');
    sendText(response, 401, '401 the token of collector.metrics.tokenEnv is needed');
  };
