import { SignalboxError } from './signalbox-error.js';

/** The caller asked for a model that is not a target, or whose name fits several targets. */
export class UnknownModelError extends SignalboxError {
  constructor({
    model,
    matches,
    targets,
  }: { model: string; matches: readonly string[]; targets: readonly string[] }) {
    super(
      'unknown-model',
      matches.length > 1
        ? `The model "${model}" fits several targets: ${matches.join(', ')}. Ask for one of these ids.`
        : `The model "${model}" is not a target. Targets: ${targets.join(', ')}.`,
    );
  }
}
