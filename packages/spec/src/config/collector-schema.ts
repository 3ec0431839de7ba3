import { z } from 'zod';
import { isLoopback, tlsSchema, tokenSchema } from './collector-access-schema.js';
import { logSchema } from './collector-log-schema.js';
import { metricsSchema } from './collector-metrics-schema.js';

const MIB = 1024 * 1024;

const portSchema = z.int().min(0).max(65_535);

/** `collector` in the configuration. */
export const collectorSchema = z
  .strictObject({
    host: z
      .string()
      .min(1)
      .default('127.0.0.1')
      .describe('Address to listen on; others than loopback need `tokens`'),
    httpPort: portSchema.default(4318).describe('OTLP/HTTP port; 0 takes a free one'),
    grpcPort: portSchema
      .nullable()
      .default(4317)
      .describe('OTLP/gRPC port; 0 takes a free one, null turns it off'),
    maxBodyBytes: z
      .int()
      .positive()
      .default(20 * MIB)
      .describe('Largest request body as received'),
    maxInflatedBytes: z
      .int()
      .positive()
      .default(64 * MIB)
      .describe('Largest request body after decompression'),
    maxValueBytes: z
      .int()
      .positive()
      .max(MIB)
      .default(64 * 1024)
      .describe('Longest text and attribute value; a longer one is cut, with a note of its length'),
    redactAttributes: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'Keys of attributes whose values are never stored, besides those of HTTP headers that carry logins',
      ),
    maxConnections: z
      .int()
      .positive()
      .default(4_096)
      .describe('Connections of each listener; a further one takes the place of the one silent for longest'),
    insertTimeoutMs: z
      .int()
      .positive()
      .default(30_000)
      .describe('Time that ClickHouse may take for one insert'),
    requireExactlyOnce: z
      .boolean()
      .default(false)
      .describe(
        'Insert nothing, and be not ready, until a self-test has shown that ClickHouse hides repeated rows',
      ),
    closeTimeoutMs: z
      .int()
      .nonnegative()
      .default(10_000)
      .describe('Time that requests in flight have when the collector is told to end'),
    tokens: z
      .array(tokenSchema)
      .default([])
      .describe('Bearer tokens, each of a tenant; with none, everybody may send'),
    tls: tlsSchema.optional().describe('TLS on both ports; default: none'),
    log: logSchema.prefault({}),
    metrics: metricsSchema.prefault({}),
  })
  .superRefine(({ host, tokens }, context) => {
    if (isLoopback(host) || tokens.length > 0) return;
    const message = `"${host}" can be reached from other machines: add \`collector.tokens\`, or listen on 127.0.0.1`;
    context.addIssue({ code: 'custom', path: ['host'], message });
  });

/** `collector` with every default filled in. */
export type CollectorConfig = z.output<typeof collectorSchema>;
