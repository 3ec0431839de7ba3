import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { benchCommand } from './commands/bench.js';
import { collectCommand } from './commands/collect.js';
import { configCommand } from './commands/config.js';
import { deadLettersCommand } from './commands/dead-letters.js';
import { demoCommand } from './commands/demo.js';
import { doctorCommand } from './commands/doctor.js';
import { eraseCommand } from './commands/erase.js';
import { explainCommand } from './commands/explain.js';
import { exportCommand } from './commands/export.js';
import { migrateCommand } from './commands/migrate.js';
import { policyCommand } from './commands/policy.js';
import { pricesCommand } from './commands/prices.js';
import { readerCommand } from './commands/reader.js';
import { replayCommand } from './commands/replay.js';
import { repriceCommand } from './commands/reprice.js';
import { retentionCommand } from './commands/retention.js';
import { routeCommand } from './commands/route.js';
import { simulateCommand } from './commands/simulate.js';
import { trafficCommand } from './commands/traffic.js';
import { upCommand } from './commands/up.js';
import { EXIT } from './exit-code.js';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The whole program as commander sees it; also what `docs/reference/cli.md` is generated from. */
export const createProgram = (): Command => {
  const program = new Command('signalbox')
    .description('OpenTelemetry-native routing and decision telemetry for LLM calls')
    .version(version)
    .option('--json', 'print one JSON document instead of text')
    .option('--verbose', 'show stack traces, causes and debug logs')
    .configureHelp({ showGlobalOptions: true });
  for (const create of [
    upCommand,
    demoCommand,
    collectCommand,
    simulateCommand,
    trafficCommand,
    migrateCommand,
    retentionCommand,
    deadLettersCommand,
    exportCommand,
    eraseCommand,
    readerCommand,
    policyCommand,
    pricesCommand,
    repriceCommand,
    replayCommand,
    routeCommand,
    explainCommand,
    doctorCommand,
    configCommand,
    benchCommand,
  ]) {
    program.addCommand(create());
  }
  return program;
};

const exitFromUsage = (command: Command, json: boolean): void => {
  command.exitOverride();
  // With --json the error is one document, written by `writeUsageError`.
  if (json) command.configureOutput({ writeErr: () => undefined });
  for (const child of command.commands) exitFromUsage(child, json);
};

const writeUsageError = ({ code, message }: CommanderError): void => {
  const text =
    code === 'commander.help'
      ? 'A command is missing. `signalbox --help` lists them.'
      : message.replace(/^error: /, '');
  process.stderr.write(`${JSON.stringify({ error: { code: 'usage', message: text } })}\n`);
};

/** Runs the program. `argv` as in `process.argv`. Sets `process.exitCode`; bad usage is exit code 2. */
export const main = async (argv: readonly string[]): Promise<void> => {
  const program = createProgram();
  // Asked of the arguments themselves: they may be what commander cannot parse.
  const json = argv.includes('--json');
  exitFromUsage(program, json);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (json && error.exitCode !== 0) writeUsageError(error);
  }
};
