import { z } from 'zod';

/** `clickhouse` in the configuration: the server that the collector writes to and queries read from. */
export const clickhouseSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .default('http://127.0.0.1:8123')
    .describe('HTTP interface of ClickHouse'),
  username: z
    .string()
    .min(1)
    .default('default')
    .describe('User that may write, and create tables for `migrate`'),
  password: z.string().default('').describe('Prefer the environment variable SIGNALBOX_CLICKHOUSE_PASSWORD'),
  database: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be a plain identifier')
    .default('signalbox')
    .describe('Database of all tables'),
  cluster: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_-]*$/, 'must be the name of a cluster')
    .optional()
    .describe('Cluster, as in `remote_servers`, that `url` is a node of. Choose before the first `migrate`'),
});

/** `clickhouse` with every default filled in. */
export type ClickHouseConfig = z.output<typeof clickhouseSchema>;
