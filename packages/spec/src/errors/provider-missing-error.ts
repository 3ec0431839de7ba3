import { SignalboxError } from './signalbox-error.js';

/** A target names a provider that is not configured. */
export class ProviderMissingError extends SignalboxError {
  constructor({
    target,
    provider,
    configured,
  }: { target: string; provider: string; configured: readonly string[] }) {
    super(
      'provider-missing',
      `Target ${target} needs the provider "${provider}", but only these are configured: ${configured.join(', ') || 'none'}. ` +
        `Add it under \`providers\`.`,
    );
  }
}
