import type { AttemptFailure } from '../routing/outcome.js';
import { SignalboxError } from './signalbox-error.js';

/** Every target tried for a request failed. `failures` are in the order of the attempts; `cause` is the last error. */
export class AllAttemptsFailedError extends SignalboxError {
  readonly decisionId: string;
  readonly failures: readonly { target: string; failure: AttemptFailure }[];

  constructor(options: {
    decisionId: string;
    failures: readonly { target: string; failure: AttemptFailure }[];
    cause: unknown;
  }) {
    const list = options.failures.map(
      ({ target, failure }) => `${target}: ${failure.type}, ${failure.message}`,
    );
    super(
      'all-attempts-failed',
      `${list.length === 1 ? 'The only attempt' : `All ${list.length} attempts`} failed (${list.join('; ')}). Decision ${options.decisionId} has the details.`,
      { cause: options.cause },
    );
    this.decisionId = options.decisionId;
    this.failures = options.failures;
  }
}
