import { EmbeddedClickHouseError } from './embedded-clickhouse-error.js';

/** The server ended before it was ready. `logLines` are its last words, oldest first. */
export class StartFailedError extends EmbeddedClickHouseError {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly logLines: readonly string[];

  constructor({
    exitCode,
    signal,
    logLines,
    logFile,
  }: {
    exitCode: number | null;
    signal: NodeJS.Signals | null;
    logLines: readonly string[];
    logFile: string;
  }) {
    const ending = signal === null ? `exit code ${exitCode}` : `signal ${signal}`;
    const words =
      logLines.length === 0 ? 'It wrote nothing.' : `Its last lines:\n  ${logLines.join('\n  ')}\n`;
    super(
      'embedded-clickhouse-start-failed',
      `The ClickHouse server ended while starting (${ending}). ${words} The full log is ${logFile}.`,
    );
    this.exitCode = exitCode;
    this.signal = signal;
    this.logLines = logLines;
  }
}
