import { createProgram, EXIT, EXIT_MEANINGS } from '../../packages/cli/dist/index.js';
import { page, table } from './markdown.ts';

const program = await createProgram();

type Command = typeof program;

const WIDTH = 100;

const sections = (command: Command, parents: readonly string[]): string[] => {
  const path = [...parents, command.name()];
  command.configureHelp({ helpWidth: WIDTH, showGlobalOptions: false });
  const own = [`## \`${path.join(' ')}\``, `\`\`\`text\n${command.helpInformation().trimEnd()}\n\`\`\``];
  return [...own, ...command.commands.flatMap((child) => sections(child, path))];
};

const exitCodes = (): string[][] =>
  Object.entries(EXIT).map(([name, code]) => [`${code}`, EXIT_MEANINGS[name as keyof typeof EXIT]]);

/** docs/reference/cli.md: the exit codes and the help of every command. */
export const cliReference = (): string =>
  page('Command line', [
    'With `--json` the answer is one JSON document on standard output; notes, progress and errors go to standard error, errors as ' +
      '`{ "error": { "code", "message" } }`. ' +
      'Stack traces and causes appear with `--verbose` only.',
    table(['exit code', 'meaning'], exitCodes()),
    ...sections(program, []),
  ]);
