import { applyRetention, createStore, migrate } from '@signalbox/store';
import { Command } from 'commander';
import { loadConfig } from '../config/load-config.js';
import { describeRetentionChange } from '../output/describe-retention-change.js';
import type { Output } from '../output/output.js';
import { runAction } from './command-context.js';

const runMigrate = async (output: Output, options: { config?: string }): Promise<undefined> => {
  const { config } = await loadConfig(options.config);
  const store = createStore(config.clickhouse);
  try {
    const result = await migrate(store, { onApplied: (name) => output.note(`applied ${name}`) });
    const retention = await applyRetention(store, config.retention);
    for (const change of retention) output.note(describeRetentionChange(change));
    const { url, database } = config.clickhouse;
    const what =
      result.applied.length === 0 ? 'Nothing to do' : `Applied ${result.applied.length} migrations`;
    output.result(
      { url, database, ...result, retention },
      `${what}; ${database} at ${url} is at ${result.current}.`,
    );
  } finally {
    await store.close();
  }
};

/** `signalbox migrate`: brings the schema and the retention of the configured ClickHouse up to date. */
export const migrateCommand = (): Command =>
  new Command('migrate')
    .description('create or update the schema and the retention in the configured ClickHouse')
    .option('--config <file>', 'configuration file; default: signalbox.config.* of this folder')
    .action(runAction(runMigrate));
