import type { Command } from 'commander';
import { EXIT, exitCodeOf } from '../exit-code.js';
import { createOutput, type Output } from '../output/output.js';

/** What every command's action gets: where to write. Returns its exit code; nothing means success. */
export type Action<Options, Arguments extends unknown[]> = (
  output: Output,
  options: Options,
  ...args: Arguments
) => Promise<number | undefined> | number | undefined;

type GlobalOptions = { json?: boolean; verbose?: boolean };

/**
 * Wraps an action for commander: makes the output from the global options, turns errors into one message and an exit
 * code, and ends the process when all is written.
 */
export const runAction =
  <Options, Arguments extends unknown[]>(action: Action<Options, Arguments>) =>
  async (...all: unknown[]): Promise<void> => {
    const command = all.at(-1) as Command;
    const options = command.optsWithGlobals<Options & GlobalOptions>();
    const output = createOutput({ json: options.json ?? false, verbose: options.verbose ?? false });
    try {
      process.exitCode = (await action(output, options, ...(all.slice(0, -2) as Arguments))) ?? EXIT.ok;
    } catch (error) {
      output.error(error);
      process.exitCode = exitCodeOf(error);
    }
  };
