import { SignalboxError } from './signalbox-error.js';

/** The database has migrations that this version does not know. */
export class SchemaTooNewError extends SignalboxError {
  constructor({ unknown }: { unknown: readonly string[] }) {
    super(
      'schema-too-new',
      `The database has migrations that this version does not know: ${unknown.join(', ')}. Upgrade Signalbox.`,
    );
  }
}
