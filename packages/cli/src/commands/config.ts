import { openPriceBook, priceTargets } from '@signalbox/prices';
import { configJsonSchema } from '@signalbox/spec';
import { Command } from 'commander';
import { loadConfig } from '../config/load-config.js';
import type { Output } from '../output/output.js';
import { runAction } from './command-context.js';

const runCheck = async (output: Output, _options: unknown, file?: string): Promise<undefined> => {
  const { config, file: found } = await loadConfig(file);
  const { targets, policy, providers } = config;
  const priced = priceTargets(targets, openPriceBook(config), new Date());
  const withoutPrice = priced.filter(({ price }) => price === null).map(({ id }) => id);
  for (const id of withoutPrice)
    output.warn(`${id} has no known price: its cost will be reported as unknown.`);
  const summary = {
    file: found,
    targets: targets.length,
    providers: Object.keys(providers),
    policy: policy.name,
    withoutPrice,
  };
  const where = found ?? 'No configuration file here; the defaults';
  output.result(
    summary,
    `${where}: ok, ${targets.length} targets, policy "${policy.name}" (${policy.strategy}).`,
  );
};

const runSchema = (output: Output): undefined => {
  const schema = configJsonSchema();
  output.result(schema, JSON.stringify(schema, null, 2));
};

/** `signalbox config check|schema`. */
export const configCommand = (): Command =>
  new Command('config')
    .description('check a configuration, or print its JSON Schema')
    .addCommand(
      new Command('check')
        .description('check a configuration file and say what is wrong, field by field')
        .argument('[file]', 'default: signalbox.config.* of this folder')
        .action(runAction(runCheck)),
    )
    .addCommand(
      new Command('schema')
        .description('print the JSON Schema of the configuration')
        .action(runAction(runSchema)),
    );
