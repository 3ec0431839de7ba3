import { SignalboxError } from './signalbox-error.js';

/** A directory that a command was given cannot be used. `option` is the flag that gave it. */
export class DirectoryUnusableError extends SignalboxError {
  readonly directory: string;

  constructor({
    directory,
    reason,
    option,
    cause,
  }: { directory: string; reason: string; option: string; cause?: unknown }) {
    super(
      'directory-unusable',
      `The directory ${directory} cannot be used: ${reason}. Give one that this user can write with ${option}.`,
      { cause },
    );
    this.directory = directory;
  }
}
