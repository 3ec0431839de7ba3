import { SignalboxError } from './signalbox-error.js';

/** A file that a command was given cannot be read. `what` names its kind, `option` the flag that gave it. */
export class FileUnreadableError extends SignalboxError {
  readonly file: string;

  constructor({ what, file, option, cause }: { what: string; file: string; option: string; cause: unknown }) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const reason = missing ? 'there is no such file' : cause instanceof Error ? cause.message : String(cause);
    super(
      'file-unreadable',
      `Cannot read the ${what} ${file}: ${reason}. Give the path of a readable file with ${option}.`,
      {
        cause,
      },
    );
    this.file = file;
  }
}
