import { SignalboxError } from './signalbox-error.js';

/** The write-ahead log takes no more for now. Nothing of the request was kept; the sender should retry later. */
export class LogFullError extends SignalboxError {
  readonly directory: string;

  constructor({ directory, reason, cause }: { directory: string; reason: string; cause?: unknown }) {
    super(
      'log-full',
      `The write-ahead log in ${directory} takes no more for now: ${reason}. See whether ClickHouse takes inserts, or give the log more room.`,
      { cause },
    );
    this.directory = directory;
  }
}
