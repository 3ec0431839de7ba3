import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import {
  type ApiFailure,
  bodyTooLarge,
  invalidApiKey,
  invalidRequest,
  unknownUrl,
} from './chat/api-failure.js';
import { createChatCompletionsRoutes } from './chat/chat-completions-routes.js';
import { sendFailure } from './chat/send-failure.js';
import { createControlRoutes } from './control/control-routes.js';
import { createSimulation, type Simulation } from './simulation.js';
import { resolveOptions, type SimulatorOptions } from './simulator-options.js';
import type { SimulatorStats } from './simulator-stats.js';

/** A simulator that listens nowhere yet. */
export type Simulator = {
  /** The routes as an express app: pass it to `http.createServer`, or mount it with `use`. */
  app: Express;
  /** The counts since creation; the same as `GET /simulator/stats`. */
  stats(): SimulatorStats;
};

/**
 * Returns the simulator of these options. Its clock starts now. Throws a SimulatorError
 * `simulator-invalid-options` that names every bad field.
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const simulation = createSimulation(resolveOptions(options));
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.use(requireApiKey(simulation));
  app.use(createChatCompletionsRoutes(simulation));
  app.use(createControlRoutes(simulation));
  app.use((request, response) => {
    refuse(simulation, { request, response }, unknownUrl(request.method, request.path));
  });
  app.use(answerError(simulation));
  return { app, stats: () => simulation.stats.snapshot() };
}

function requireApiKey(simulation: Simulation): RequestHandler {
  const { apiKey } = simulation.options;
  return (request, response, next) => {
    if (apiKey === null || request.headers.authorization === `Bearer ${apiKey}`) return next();
    refuse(simulation, { request, response }, invalidApiKey());
  };
}

/** Answers what the body parser refuses, and what should not happen, in OpenAI's shape. */
function answerError(simulation: Simulation): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    refuse(simulation, { request, response }, toFailure(error, simulation.options.maxBodyBytes));
  };
}

/** Answers a request that reached no route's end, and counts it where it was a chat call. */
function refuse(
  { stats }: Simulation,
  { request, response }: { request: Request; response: Response },
  failure: ApiFailure,
): void {
  if (request.method === 'POST' && request.path.endsWith('/chat/completions')) stats.reject(failure.status);
  sendFailure(response, failure);
}

function toFailure(error: unknown, maxBodyBytes: number): ApiFailure {
  const { status, message } = error as { status?: unknown; message?: unknown };
  if (status === 413) return bodyTooLarge(maxBodyBytes);
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { ...invalidRequest(String(message)), status };
  }
  // Told apart from a simulated 500, so that a defect of the simulator is not taken for a scripted one.
  const details = { message: `The simulator failed: ${String(message ?? error)}`, code: 'simulator_failed' };
  return { status: 500, error: { ...details, type: 'server_error', param: null } };
}
