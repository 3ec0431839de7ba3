import { SignalboxError } from './signalbox-error.js';

/** A stream broke after its first chunk had reached the caller, so no other target could take over. */
export class StreamInterruptedError extends SignalboxError {
  constructor({ target, decisionId, cause }: { target: string; decisionId: string; cause: unknown }) {
    super(
      'stream-interrupted',
      `The stream from ${target} broke after its first chunk (decision ${decisionId}). Discard the partial answer and send the request again.`,
      { cause },
    );
  }
}
