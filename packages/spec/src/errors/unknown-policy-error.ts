import { SignalboxError } from './signalbox-error.js';

/** No recorded policy has the version that was asked for, or the digits fit more than one. */
export class UnknownPolicyError extends SignalboxError {
  constructor({ version, matches }: { version: string; matches: readonly string[] }) {
    super(
      'unknown-policy',
      matches.length > 1
        ? `Several recorded policies begin with ${version}: ${matches.join(', ')}, ... Give more digits.`
        : `No policy of version ${version} is recorded. \`signalbox policy list\` shows those that are; \`signalbox policy push <file>\` records one.`,
    );
  }
}
