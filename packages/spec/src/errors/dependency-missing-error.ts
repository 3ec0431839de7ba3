import { SignalboxError } from './signalbox-error.js';

/** A feature needs optional packages that are not installed. The message has the command that installs them. */
export class DependencyMissingError extends SignalboxError {
  readonly packages: readonly string[];

  constructor({ feature, packages }: { feature: string; packages: readonly string[] }) {
    super(
      'dependency-missing',
      `${feature} needs packages that are not installed: ${packages.join(', ')}. Run \`npm install ${packages.join(' ')}\`.`,
    );
    this.packages = packages;
  }
}
