import { ALL_TENANTS, type PolicySummary, recordedPolicies, recordPolicy } from '@signalbox/store';
import { Command } from 'commander';
import { currentUser } from '../config/current-user.js';
import { withConfiguredStore } from '../config/with-configured-store.js';
import { EXIT } from '../exit-code.js';
import { formatCount } from '../output/format.js';
import type { Output } from '../output/output.js';
import { formatTable } from '../output/table.js';
import { describeDiff } from '../policy/describe-diff.js';
import { diffPolicies } from '../policy/diff-policies.js';
import { findPolicy } from '../policy/find-policy.js';
import { lintPolicy } from '../policy/lint-policy.js';
import { runAction } from './command-context.js';

type PolicyOptions = { config?: string };

const WHICH = 'configuration file, or version of a recorded policy (its first digits are enough)';
const CONFIG_OPTION = [
  '--config <file>',
  'configuration file that names the ClickHouse; default: signalbox.config.* of this folder',
] as const;

const policyNamed = (name: string, { config }: PolicyOptions) =>
  findPolicy(name, (use) => withConfiguredStore(config, use));

const describePolicies = (policies: readonly PolicySummary[]): string =>
  formatTable<PolicySummary>(
    [
      { title: 'version', text: ({ version }) => version },
      { title: 'name', text: ({ name }) => name },
      { title: 'recorded', text: ({ recordedAt }) => recordedAt },
      { title: 'by', text: ({ recordedBy }) => recordedBy },
      { title: 'decisions', text: ({ decisions }) => formatCount(decisions), align: 'right' },
      { title: 'last decision', text: ({ lastDecisionAt }) => lastDecisionAt ?? '-' },
    ],
    policies,
  );

const runList = async (output: Output, { config }: PolicyOptions): Promise<undefined> => {
  const policies = await withConfiguredStore(config, (store) =>
    store.query(recordedPolicies, { tenant: ALL_TENANTS }),
  );
  output.result(policies, policies.length === 0 ? 'No policy is recorded.' : describePolicies(policies));
};

const runPush = async (
  output: Output,
  { config, by }: PolicyOptions & { by?: string },
  file: string,
): Promise<undefined> => {
  const policy = await policyNamed(file, { config: config ?? file });
  const recording = await withConfiguredStore(config ?? file, (store) =>
    recordPolicy(store, policy, by ?? currentUser()),
  );
  const what = recording.added ? 'Recorded' : 'Recorded before';
  output.result(recording, `${what}: policy "${policy.name}" as ${policy.version}.`);
};

const runShow = async (output: Output, options: PolicyOptions, name: string): Promise<undefined> => {
  const policy = await policyNamed(name, options);
  output.result(policy, JSON.stringify(policy, null, 2));
};

const runDiff = async (
  output: Output,
  options: PolicyOptions,
  first: string,
  second: string,
): Promise<undefined> => {
  const [before, after] = [await policyNamed(first, options), await policyNamed(second, options)];
  const changes = diffPolicies(before, after);
  output.result({ before: before.version, after: after.version, changes }, describeDiff(changes));
};

const runLint = async (output: Output, options: PolicyOptions, name: string): Promise<number> => {
  const policy = await policyNamed(name, options);
  const lint = lintPolicy(policy, new Date());
  const lines = [
    ...lint.errors.map(({ path, message }) => `error    ${path}: ${message}`),
    ...lint.warnings.map(({ path, message }) => `warning  ${path}: ${message}`),
  ];
  output.result(
    { version: policy.version, ...lint },
    lines.join('\n') || 'Nothing is wrong with the policy.',
  );
  return lint.errors.length > 0 ? EXIT.failed : EXIT.ok;
};

/** `signalbox policy list|show|push|lint|diff`. */
export const policyCommand = (): Command =>
  new Command('policy')
    .description('versions of policies: record them, look at them, compare them')
    .addCommand(
      new Command('list')
        .description('list the recorded policies and what was decided by each')
        .option(...CONFIG_OPTION)
        .action(runAction(runList)),
    )
    .addCommand(
      new Command('show')
        .description('print a policy with its targets and their prices, as JSON')
        .argument('<policy>', WHICH)
        .option(...CONFIG_OPTION)
        .action(runAction(runShow)),
    )
    .addCommand(
      new Command('push')
        .description('record the policy of a configuration, so that what it decides can be replayed')
        .argument('<file>', 'configuration file')
        .option('--config <file>', 'configuration file that names the ClickHouse; default: the same')
        .option('--by <name>', 'who does it; default: the user and host of this machine')
        .action(runAction(runPush)),
    )
    .addCommand(
      new Command('lint')
        .description(
          'say which rules can never match, which constraints nothing can meet, and which models retire; exit code 1 for an error',
        )
        .argument('<policy>', WHICH)
        .option(...CONFIG_OPTION)
        .action(runAction(runLint)),
    )
    .addCommand(
      new Command('diff')
        .description('show what differs between two policies')
        .argument('<a>', WHICH)
        .argument('<b>', WHICH)
        .option(...CONFIG_OPTION)
        .action(runAction(runDiff)),
    );
