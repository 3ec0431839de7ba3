import { SignalboxError } from './signalbox-error.js';

/** A line of an arrival trace cannot be understood. `line` counts from 1, the header included. */
export class TraceMalformedError extends SignalboxError {
  readonly line: number;

  constructor({ file, line, reason }: { file: string; line: number; reason: string }) {
    super('trace-malformed', `${file}:${line}: ${reason}`);
    this.line = line;
  }
}
