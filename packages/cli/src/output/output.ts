import { inspect, styleText } from 'node:util';
import { messageOf } from './message-of.js';

/** Where a command writes. With `--json`, `result` is the only thing on standard output; the rest goes to standard error. */
export interface Output {
  readonly json: boolean;
  readonly verbose: boolean;
  /** True when a person watches: standard error is a terminal and `--json` is off. */
  readonly interactive: boolean;
  /** Says what happens; standard error. */
  note(text: string): void;
  /** A warning; standard error. */
  warn(text: string): void;
  /** The answer of the command: `value` as one JSON document, or `text` for people; standard output. */
  result(value: unknown, text: string): void;
  /** The error that ended the command; standard error, as JSON with `--json`. Its stack and causes only with `--verbose`. */
  error(error: unknown): void;
}

const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unexpected';
};

// bigint has no JSON form of its own; ClickHouse counts are far below 2^53, and where not, text keeps them exact.
const toJson = (value: unknown): string =>
  JSON.stringify(value, (_key, each) =>
    typeof each === 'bigint' ? (Number.isSafeInteger(Number(each)) ? Number(each) : each.toString()) : each,
  );

/** Creates the output of one run of the program. */
export const createOutput = ({ json, verbose }: { json: boolean; verbose: boolean }): Output => {
  const interactive = !json && process.stderr.isTTY === true;
  const write = (text: string): void => {
    process.stderr.write(`${text}\n`);
  };
  return {
    json,
    verbose,
    interactive,
    note: write,
    warn: (text) => write(styleText('yellow', text, { stream: process.stderr })),
    result: (value, text) => {
      process.stdout.write(`${json ? toJson(value) : text}\n`);
    },
    error: (error) => {
      if (json) write(toJson({ error: { code: codeOf(error), message: messageOf(error) } }));
      else write(`${styleText('red', 'Error:', { stream: process.stderr })} ${messageOf(error)}`);
      if (verbose && error instanceof Error) write(inspect(error));
      else if (codeOf(error) === 'unexpected' && !json)
        write('Run again with --verbose for the stack trace.');
    },
  };
};
