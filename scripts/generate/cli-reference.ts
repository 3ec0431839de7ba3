import { createProgram } from '../../packages/cli/dist/index.js';
import { page } from './markdown.ts';

type Command = ReturnType<typeof createProgram>;

const WIDTH = 100;

const sections = (command: Command, parents: readonly string[]): string[] => {
  const path = [...parents, command.name()];
  command.configureHelp({ helpWidth: WIDTH, showGlobalOptions: false });
  const own = [`## \`${path.join(' ')}\``, `\`\`\`text\n${command.helpInformation().trimEnd()}\n\`\`\``];
  return [...own, ...command.commands.flatMap((child) => sections(child, path))];
};

/** docs/reference/cli.md: the help of every command. */
export const cliReference = (): string =>
  page('Command line', [
    'With `--json` the answer is one JSON document on standard output; notes, progress and errors go to standard error. ' +
      'Stack traces appear with `--verbose` only.',
    '| exit code | meaning |\n| --- | --- |\n' +
      '| 0 | success |\n' +
      '| 1 | the work failed: a check, a benchmark target or a reconciliation did not hold, or a service is down |\n' +
      '| 2 | bad usage, configuration or input file |\n' +
      '| 3 | what was asked for is not there |\n' +
      '| 130 | ended by a second Ctrl-C before it was done |',
    ...sections(createProgram(), []),
  ]);
