import { EmbeddedClickHouseError } from './embedded-clickhouse-error.js';

/** The server runs but did not answer in time; it has been stopped. */
export class StartTimeoutError extends EmbeddedClickHouseError {
  readonly timeoutMs: number;
  readonly logLines: readonly string[];

  constructor({
    timeoutMs,
    logLines,
    logFile,
  }: { timeoutMs: number; logLines: readonly string[]; logFile: string }) {
    const words = logLines.length === 0 ? '' : ` Its last lines:\n  ${logLines.join('\n  ')}\n`;
    super(
      'embedded-clickhouse-start-timeout',
      `The ClickHouse server did not answer within ${timeoutMs} ms and was stopped. Raise \`startTimeoutMs\` if the machine is slow or the data directory large.${words} The full log is ${logFile}.`,
    );
    this.timeoutMs = timeoutMs;
    this.logLines = logLines;
  }
}
