import { ConfigInvalidError, configJsonSchema } from '@signalbox/spec';
import { Command } from 'commander';
import { loadConfig } from '../config/load-config.js';
import type { Output } from '../output/output.js';
import { lintPolicy } from '../policy/lint-policy.js';
import { policyOfConfig } from '../policy/policy-of-config.js';
import { runAction } from './command-context.js';

const runCheck = async (output: Output, _options: unknown, file?: string): Promise<undefined> => {
  const { config, file: found } = await loadConfig(file);
  const policy = policyOfConfig(config);
  const { errors, warnings } = lintPolicy(policy, new Date());
  const where = found ?? 'No configuration file here; the defaults';
  if (errors.length > 0) throw new ConfigInvalidError({ source: where, issues: errors });
  for (const { path, message } of warnings) output.warn(`${path}: ${message}`);
  const summary = {
    file: found,
    targets: policy.targets.length,
    providers: Object.keys(config.providers),
    policy: policy.name,
    version: policy.version,
    withoutPrice: policy.targets.filter(({ price }) => price === null).map(({ id }) => id),
    warnings,
  };
  output.result(
    summary,
    `${where}: ok, ${policy.targets.length} targets, policy "${policy.name}" (${policy.strategy}), version ${policy.version}.`,
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
        .description(
          'check a configuration file and say what is wrong, field by field: unknown fields, rules that can never match, constraints that nothing can meet',
        )
        .argument('[file]', 'default: signalbox.config.* of this folder')
        .action(runAction(runCheck)),
    )
    .addCommand(
      new Command('schema')
        .description('print the JSON Schema of the configuration')
        .action(runAction(runSchema)),
    );
