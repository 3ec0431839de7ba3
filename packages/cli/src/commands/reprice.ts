import { createStore, type Repricing, reprice } from '@signalbox/store';
import { Command } from 'commander';
import { currentUser } from '../config/current-user.js';
import { loadConfig } from '../config/load-config.js';
import { formatCount, formatUsd } from '../output/format.js';
import type { Output } from '../output/output.js';
import { runAction } from './command-context.js';
import { parseTime } from './parse-time.js';

type RepriceCommandOptions = {
  since: Date;
  until?: Date;
  model?: string;
  dryRun?: boolean;
  by?: string;
  config?: string;
};

const formatSum = (nanoUsd: bigint | null): string => formatUsd(nanoUsd === null ? null : Number(nanoUsd));

const describeRepricing = ({ auditId, ...done }: Repricing): string => {
  if (done.decisions === 0) return 'No cost changes.';
  const wereUnknown =
    done.costWasUnknown > 0 ? `, ${formatCount(done.costWasUnknown)} of them unknown before` : '';
  const what = `${formatCount(done.decisions)} decisions${wereUnknown}: ${formatSum(done.costBefore)} -> ${formatSum(done.costAfter)}`;
  return auditId === null
    ? `${what}. Nothing is written yet; run again without --dry-run.`
    : `${what}. Audit row ${auditId}.`;
};

const runReprice = async (output: Output, options: RepriceCommandOptions): Promise<undefined> => {
  const { config } = await loadConfig(options.config);
  const store = createStore(config.clickhouse);
  try {
    const done = await reprice(store, {
      since: options.since,
      until: options.until,
      model: options.model,
      dryRun: options.dryRun,
      actor: options.by ?? currentUser(),
      onDay: (day, { decisions }) => output.note(`${day}: ${formatCount(decisions)} decisions change`),
    });
    if (done.attemptsWithoutPrice > 0) {
      const count = formatCount(done.attemptsWithoutPrice);
      output.warn(
        `${count} attempts keep their cost: model_prices knows no price. See \`signalbox prices sync\`.`,
      );
    }
    output.result(done, describeRepricing(done));
  } finally {
    await store.close();
  }
};

/** `signalbox reprice`: computes the cost of history again, by the prices of `model_prices`. */
export const repriceCommand = (): Command =>
  new Command('reprice')
    .description(
      'compute the cost of past decisions again by the prices of `signalbox prices sync`, with an audit row',
    )
    .requiredOption(
      '--since <time>',
      'decisions from then on: 2026-11-01, 2026-11-01T08:00Z, 24h, 7d',
      parseTime,
    )
    .option('--until <time>', 'decisions before then; default: now', parseTime)
    .option('--model <name>', 'only attempts at this model or target id')
    .option('--dry-run', 'say what would change, and write nothing')
    .option('--by <name>', 'who does it, for the audit row; default: the user and host of this machine')
    .option('--config <file>', 'configuration file; default: signalbox.config.* of this folder')
    .action(runAction(runReprice));
