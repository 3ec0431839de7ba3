import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { EXIT } from './exit-code.js';
import { loadCommands } from './load-commands.js';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/**
 * The program as commander sees it, with all commands or with one; also what `docs/reference/cli.md` is generated from.
 */
export const createProgram = async (name?: string): Promise<Command> => {
  const program = new Command('signalbox')
    .description('OpenTelemetry-native routing and decision telemetry for LLM calls')
    .version(version)
    .option('--json', 'print one JSON document instead of text')
    .option('--verbose', 'show stack traces, causes and debug logs')
    .configureHelp({ showGlobalOptions: true });
  for (const command of await loadCommands(name)) program.addCommand(command);
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
  const program = await createProgram(argv.slice(2).find((argument) => !argument.startsWith('-')));
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
