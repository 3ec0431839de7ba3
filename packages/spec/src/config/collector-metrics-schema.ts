import { z } from 'zod';

/** `collector.metrics`: what the collector reports about itself. */
export const metricsSchema = z.strictObject({
  tokenEnv: z
    .string()
    .min(1)
    .optional()
    .describe('Environment variable with the bearer token of GET /metrics; needed where `tokens` are set'),
  otlpEndpoint: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('OTLP/HTTP endpoint to which the collector sends its own metrics; default: nowhere'),
  intervalMs: z.int().min(1_000).default(60_000).describe('Time between two such exports'),
});
