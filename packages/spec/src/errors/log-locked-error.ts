import { SignalboxError } from './signalbox-error.js';

/** Another process uses the write-ahead log. `owner` says which, as far as it is known. */
export class LogLockedError extends SignalboxError {
  readonly directory: string;

  constructor({ directory, owner, cause }: { directory: string; owner: string; cause?: unknown }) {
    super(
      'log-locked',
      `The write-ahead log in ${directory} is used by ${owner}. Stop that process, or give this one a directory of its own.`,
      { cause },
    );
    this.directory = directory;
  }
}
