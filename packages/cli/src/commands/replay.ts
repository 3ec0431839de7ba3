import { ALL_TENANTS, createStore, type DecisionRange } from '@signalbox/store';
import { Command } from 'commander';
import { loadConfig } from '../config/load-config.js';
import { EXIT } from '../exit-code.js';
import { formatCount } from '../output/format.js';
import type { Output } from '../output/output.js';
import { createProgress } from '../output/progress.js';
import { findPolicy } from '../policy/find-policy.js';
import { describeReplay } from '../replay/describe-replay.js';
import { replayHistory } from '../replay/replay-history.js';
import { untilEnded } from '../stack/until-ended.js';
import { runAction } from './command-context.js';
import { parseTime } from './parse-time.js';

type ReplayOptions = { policy?: string; since: Date; until?: Date; tenant?: string; config?: string };

const runReplay = async (output: Output, options: ReplayOptions): Promise<number> => {
  const { signal } = untilEnded();
  const { config } = await loadConfig(options.config);
  const store = createStore(config.clickhouse);
  try {
    const policy =
      options.policy === undefined ? null : await findPolicy(options.policy, (use) => use(store));
    const range: DecisionRange = {
      from: options.since,
      to: options.until ?? new Date(),
      tenant: options.tenant ?? ALL_TENANTS,
    };
    const progress = createProgress(output);
    const summary = await replayHistory(store, {
      range,
      policy,
      login: config.clickhouse,
      signal,
      onProgress: ({ decisions, moved }, total) =>
        progress.update(
          `${formatCount(decisions)} of ${formatCount(total)} decisions read, ${formatCount(moved)} moved`,
        ),
    });
    progress.done();
    output.result(
      { policy: policy?.version ?? null, ...range, tenant: options.tenant ?? null, ...summary },
      describeReplay(summary),
    );
    return summary.mismatches === 0 ? EXIT.ok : EXIT.failed;
  } catch (error) {
    if (!signal.aborted) throw error;
    output.warn('The replay was ended early.');
    return EXIT.interrupted;
  } finally {
    await store.close();
  }
};

/** `signalbox replay`: decides history again, by its own policies or by another. */
export const replayCommand = (): Command =>
  new Command('replay')
    .description(
      'decide recorded decisions again and show what would change; without --policy each by the policy that it was recorded with, which must change nothing; exit code 1 when it does',
    )
    .option('--policy <policy>', 'configuration file, or version of a recorded policy, to decide by')
    .requiredOption(
      '--since <time>',
      'decisions from then on: 2026-11-01, 2026-11-01T08:00Z, 24h, 30d',
      parseTime,
    )
    .option('--until <time>', 'decisions before then; default: now', parseTime)
    .option('--tenant <name>', 'only decisions of this tenant; default: of all')
    .option(
      '--config <file>',
      'configuration file that names the ClickHouse; default: signalbox.config.* of this folder',
    )
    .hook('preAction', (self) => {
      const { since, until = new Date() } = self.opts<ReplayOptions>();
      if (since >= until)
        self.error('error: --since must be before --until, which is now if it is not given');
    })
    .action(runAction(runReplay));
