import { z } from 'zod';

const MIB = 1024 * 1024;

/** `collector` in the configuration. */
export const collectorSchema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1').describe('Address to listen on'),
  httpPort: z.int().min(0).max(65_535).default(4318).describe('OTLP/HTTP port; 0 takes a free one'),
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
  insertTimeoutMs: z
    .int()
    .positive()
    .default(30_000)
    .describe('Time that ClickHouse may take for one insert'),
});

/** `collector` with every default filled in. */
export type CollectorConfig = z.output<typeof collectorSchema>;
