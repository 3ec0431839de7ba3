import { SignalboxError } from './signalbox-error.js';

/** One bad field: its path, such as `targets[2].price.input`, and what is allowed there. */
export type ConfigIssue = { path: string; message: string };

/** The configuration, or a price file, does not fit its schema. Lists every bad field. */
export class ConfigInvalidError extends SignalboxError {
  readonly issues: readonly ConfigIssue[];

  constructor({ source, issues }: { source: string; issues: readonly ConfigIssue[] }) {
    const lines = issues.map((issue) => `  ${issue.path || '(root)'}: ${issue.message}`);
    super(
      'config-invalid',
      `${source} has ${issues.length === 1 ? 'a bad field' : `${issues.length} bad fields`}:\n${lines.join('\n')}\n` +
        'Correct it; `signalbox config schema` prints all fields of a configuration.',
    );
    this.issues = issues;
  }
}
