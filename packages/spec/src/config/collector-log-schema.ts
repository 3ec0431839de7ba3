import { z } from 'zod';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

/** `collector.log`: the write-ahead log. */
export const logSchema = z.strictObject({
  directory: z
    .string()
    .min(1)
    .default('.signalbox/collector')
    .describe('Where the write-ahead log is kept; one collector for each directory'),
  maxBytes: z
    .int()
    .min(16 * MIB)
    .default(4 * GIB)
    .describe('Disk that the log may take; once it is full, senders get 503'),
  retainMinutes: z
    .int()
    .min(1)
    .default(15)
    .describe('How long stored telemetry stays in the log, to insert it again if ClickHouse loses it'),
  blockAgeMs: z
    .int()
    .min(1)
    .default(1_000)
    .describe(
      'How long rows wait for others to be inserted with; less is fresher, and more work for ClickHouse',
    ),
});
