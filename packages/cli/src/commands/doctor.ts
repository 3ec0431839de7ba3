import { Command } from 'commander';
import { loadConfig } from '../config/load-config.js';
import type { Finding } from '../doctor/check.js';
import { checkDirectory, checkNode, checkPlatform } from '../doctor/check-machine.js';
import { checkClickHouse, checkCollector } from '../doctor/check-services.js';
import { EXIT } from '../exit-code.js';
import type { Output } from '../output/output.js';
import { formatTable } from '../output/table.js';
import { runAction } from './command-context.js';

const checkConfigured = async (file: string | undefined): Promise<Finding[]> => {
  try {
    const loaded = await loadConfig(file);
    const { targets, policy } = loaded.config;
    const message = `${loaded.file ?? 'no file, defaults'}: ${targets.length} targets, policy "${policy.name}"`;
    const configuration: Finding = {
      name: 'configuration',
      status: targets.length > 0 ? 'ok' : 'warn',
      message,
    };
    return [configuration, await checkClickHouse(loaded.config), await checkCollector(loaded.config)];
  } catch (error) {
    return [
      {
        name: 'configuration',
        status: 'fail',
        message: error instanceof Error ? error.message : String(error),
      },
    ];
  }
};

const runDoctor = async (
  output: Output,
  options: { config?: string; directory: string },
): Promise<number> => {
  const findings = [
    checkNode(),
    checkPlatform(),
    await checkDirectory(options.directory),
    ...(await checkConfigured(options.config)),
  ];
  const ok = findings.every(({ status }) => status !== 'fail');
  const table = formatTable(
    [
      { title: 'check', text: ({ name }) => name },
      { title: '', text: ({ status }) => status },
      { title: 'finding', text: ({ message }) => message },
    ],
    findings,
  );
  output.result({ ok, findings }, table);
  return ok ? EXIT.ok : EXIT.failed;
};

/** `signalbox doctor`: looks at the machine, the configuration and the services, and says what to do. */
export const doctorCommand = (): Command =>
  new Command('doctor')
    .description(
      'check this machine, the configuration and the services; exit code 1 when something needs a remedy',
    )
    .option('--config <file>', 'configuration file; default: signalbox.config.* of this folder')
    .option('--directory <path>', 'where data would be kept', '.signalbox')
    .action(runAction(runDoctor));
