import { SignalboxError } from './signalbox-error.js';

/** The configuration file cannot be found, read or evaluated. */
export class ConfigUnreadableError extends SignalboxError {
  readonly file: string;

  constructor({ file, reason, cause }: { file: string; reason: string; cause?: unknown }) {
    super('config-unreadable', `Cannot read the configuration ${file}: ${reason}`, { cause });
    this.file = file;
  }
}
