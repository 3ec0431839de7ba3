import { SignalboxError } from './signalbox-error.js';

/** The write-ahead log cannot be opened, written or read. What was acknowledged before stays in its files. */
export class LogFailedError extends SignalboxError {
  readonly directory: string;

  constructor({ directory, reason, cause }: { directory: string; reason: string; cause?: unknown }) {
    super(
      'log-failed',
      `The write-ahead log in ${directory} failed: ${reason}. Check the disk and the kernel's messages about it; what was acknowledged stays in the log.`,
      { cause },
    );
    this.directory = directory;
  }
}
