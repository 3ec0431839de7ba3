import { Command } from 'commander';
import { loadConfig } from '../config/load-config.js';
import type { Output } from '../output/output.js';
import { describeStack } from '../stack/describe-stack.js';
import { startStack } from '../stack/start-stack.js';
import { untilEnded } from '../stack/until-ended.js';
import { runAction } from './command-context.js';
import { addStackOptions, type StackCommandOptions } from './stack-options.js';

const runUp = async (
  output: Output,
  options: StackCommandOptions & { config?: string },
): Promise<undefined> => {
  const { ended } = untilEnded();
  const { config, file } = await loadConfig(options.config);
  const { database } = config.clickhouse;
  const stack = await startStack(
    { ...options, database, retention: config.retention, configFile: file },
    output,
  );
  try {
    const { clickhouse, collector } = stack;
    output.result(
      {
        otlp: collector.url,
        clickhouse: clickhouse.url,
        database,
        reader: clickhouse.readonlyUsername,
        pid: process.pid,
      },
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
    .option('--config <file>', 'configuration file; default: signalbox.config.* of this folder')
    .action(runAction(runUp));
