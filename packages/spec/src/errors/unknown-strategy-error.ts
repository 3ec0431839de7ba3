import { SignalboxError } from './signalbox-error.js';

/** A policy or a caller names a strategy that is neither built in nor the policy's own, or whose code is not registered. */
export class UnknownStrategyError extends SignalboxError {
  constructor({
    name,
    version,
    known,
  }: {
    name: string;
    /** Version of the code that the policy asks for; `null` where it does not name any. */
    version: string | null;
    known: readonly string[];
  }) {
    super(
      'unknown-strategy',
      version === null
        ? `"${name}" is not a strategy. Strategies: ${known.join(', ')}.`
        : `The policy asks for version "${version}" of the strategy "${name}", which is not registered. Call \`registerStrategy\` with it before the policy is used.`,
    );
  }
}
