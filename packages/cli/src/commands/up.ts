import { Command } from 'commander';
import { loadConfig } from '../config/load-config.js';
import type { Output } from '../output/output.js';
import { recordConfiguredPolicy } from '../policy/record-configured-policy.js';
import { clickHouseAccess } from '../stack/clickhouse-access.js';
import { describeStack } from '../stack/describe-stack.js';
import { recordPrices } from '../stack/record-prices.js';
import { startStack } from '../stack/start-stack.js';
import { untilEnded } from '../stack/until-ended.js';
import { runAction } from './command-context.js';
import { parsePort } from './option-parsers.js';
import { addStackOptions, type StackCommandOptions } from './stack-options.js';

const runUp = async (
  output: Output,
  options: StackCommandOptions & { otlpPort?: number; config?: string },
): Promise<undefined> => {
  const { ended } = untilEnded();
  const { config, file } = await loadConfig(options.config);
  const stack = await startStack(
    {
      ...options,
      otlpPort: options.otlpPort ?? config.collector.httpPort,
      database: config.clickhouse.database,
      retention: config.retention,
      configFile: file,
    },
    output,
  );
  try {
    await recordPrices(stack.store, config);
    await recordConfiguredPolicy(stack.store, config);
    output.result(
      { otlp: stack.collector.url, clickhouse: clickHouseAccess(stack), pid: process.pid },
      `Signalbox is up. Ctrl-C ends it; the data stays in ${options.directory}.\n${describeStack(stack)}`,
    );
    await ended;
  } finally {
    await stack.stop();
  }
};

/** `signalbox up`: everything on this machine, until Ctrl-C. */
export const upCommand = (): Command =>
  addStackOptions(new Command('up'))
    .description('run everything on this machine: embedded ClickHouse and the collector')
    .option(
      '--otlp-port <port>',
      'OTLP/HTTP port of the collector instead of the configured one; 0 takes a free one',
      parsePort,
    )
    .option('--config <file>', 'configuration file; default: signalbox.config.* of this folder')
    .action(runAction(runUp));
