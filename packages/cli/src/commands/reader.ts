import { randomBytes } from 'node:crypto';
import { createStore, createTenantReader } from '@signalbox/store';
import { Command, InvalidArgumentError } from 'commander';
import { loadConfig } from '../config/load-config.js';
import type { Output } from '../output/output.js';
import { runAction } from './command-context.js';

type ReaderOptions = { tenant: string[]; username?: string; config?: string };

const collectTenant = (tenant: string, before: string[] | undefined): string[] => {
  if (tenant === '') throw new InvalidArgumentError('It must not be empty.');
  return [...(before ?? []), tenant];
};

const runCreate = async (output: Output, options: ReaderOptions): Promise<undefined> => {
  const { tenant: tenants } = options;
  const username = options.username ?? `reader_${tenants[0]}`;
  const password = randomBytes(24).toString('base64url');
  const { config } = await loadConfig(options.config);
  const store = createStore(config.clickhouse);
  try {
    await createTenantReader(store, { username, password, tenants });
  } finally {
    await store.close();
  }
  const { url, database } = config.clickhouse;
  output.result(
    { url, database, username, password, tenants },
    `${username} reads the rows of ${tenants.join(', ')} in ${database}, and nothing else.\nPassword   ${password}\nIt is not kept anywhere: run this again for another one.`,
  );
};

/** `signalbox reader create`: a ClickHouse user who sees the rows of some tenants only. */
export const readerCommand = (): Command =>
  new Command('reader')
    .description('ClickHouse users who see the rows of some tenants only')
    .addCommand(
      new Command('create')
        .description(
          'make a user who reads the rows of a tenant, or replace it: another password, other tenants',
        )
        .requiredOption(
          '--tenant <name>',
          'tenant, as in the attribute signalbox.tenant; give it again for more than one',
          collectTenant,
        )
        .option('--username <name>', 'what to call the user; default: reader_ and the first tenant')
        .option('--config <file>', 'configuration file; default: signalbox.config.* of this folder')
        .action(runAction(runCreate)),
    );
