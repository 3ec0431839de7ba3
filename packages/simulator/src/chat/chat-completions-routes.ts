import express, { type Request, type Response, Router } from 'express';
import type { Simulation } from '../simulation.js';
import { providerFailure } from './api-failure.js';
import { resolveChatCall } from './resolve-chat-call.js';
import { runChatCall } from './run-chat-call.js';
import { sendFailure } from './send-failure.js';

/** Returns `POST .../chat/completions` and `GET .../models`, under `/v1` and `/{provider}/v1`. */
export function createChatCompletionsRoutes(simulation: Simulation): Router {
  const { catalog, maxBodyBytes } = simulation.options;
  const routes = Router();
  routes.param('provider', (_request, _response, next, provider: string) => {
    if (catalog.hasProvider(provider)) next();
    else next('route');
  });
  routes.post(
    ['/v1/chat/completions', '/:provider/v1/chat/completions'],
    // Raw bytes of any type: the body is parsed once, by us, and its bytes are the identity of the request.
    express.raw({ type: () => true, limit: maxBodyBytes }),
    (request, response) => answerChat(simulation, request, response),
  );
  routes.get(['/v1/models', '/:provider/v1/models'], (_request, response) => {
    const data = [...catalog.models].map(([id, { ownedBy }]) => ({
      id,
      object: 'model',
      created: 0,
      owned_by: ownedBy,
    }));
    response.json({ object: 'list', data });
  });
  return routes;
}

async function answerChat(simulation: Simulation, request: Request, response: Response): Promise<void> {
  const { stats, options } = simulation;
  const provider = request.params.provider?.toString();
  const body: unknown = request.body;
  // A call can last minutes; its body must not stay in memory that long.
  request.body = undefined;
  if (stats.inFlight() >= options.maxInFlight) {
    stats.reject(503);
    return sendFailure(response, { ...providerFailure(503, ''), retryAfterSeconds: 1 });
  }
  const call = resolveChatCall(simulation, {
    provider,
    headers: request.headers,
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  });
  if (!('failure' in call)) return runChatCall(simulation, call, response);
  const { failure, model } = call;
  if (model === undefined) stats.reject(failure.status);
  else stats.begin(model)({ kind: 'failed', status: failure.status });
  sendFailure(response, failure);
}
