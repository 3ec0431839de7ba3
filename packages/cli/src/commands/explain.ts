import { explain } from '@signalbox/router';
import { ALL_TENANTS, decisionById, type StoredDecision } from '@signalbox/store';
import { Command } from 'commander';
import { withConfiguredStore } from '../config/with-configured-store.js';
import { EXIT } from '../exit-code.js';
import { describeDecision, nearestFirst } from '../output/describe-decision.js';
import { formatCount, formatMs, formatUsd } from '../output/format.js';
import type { Output } from '../output/output.js';
import { explainStored } from '../replay/explain-stored.js';
import { runAction } from './command-context.js';

type ExplainOptions = { config?: string; tenant?: string };

/** What became of the request, after the decision. */
const describeOutcome = (stored: StoredDecision): string => {
  const { outcome, servedTarget, attempts, errorType, tokensInput, tokensOutput, costNanoUsd, durationNs } =
    stored;
  const what = [outcome ?? 'outcome unknown', servedTarget && `by ${servedTarget}`, errorType].filter(
    Boolean,
  );
  const tokens = `${formatCount(tokensInput)} tokens in, ${formatCount(tokensOutput)} out`;
  return [
    `decided    ${stored.timestamp}, id ${stored.decisionId}`,
    `outcome    ${what.join(' ')}, ${describeAttempts(attempts)} in ${formatMs(durationNs / 1e6)}`,
    `spent      ${tokens}, cost ${formatUsd(costNanoUsd)}`,
  ].join('\n');
};

const describeAttempts = (attempts: number | null): string =>
  attempts === 1 ? '1 attempt' : `${formatCount(attempts)} attempts`;

const runExplain = async (output: Output, options: ExplainOptions, id: string): Promise<number> =>
  withConfiguredStore(options.config, async (store) => {
    const [stored] = await store.query(decisionById, {
      decisionId: id,
      tenant: options.tenant ?? ALL_TENANTS,
    });
    if (stored === undefined) {
      output.note(`No decision ${id} is stored.`);
      return EXIT.notFound;
    }
    const explained = await explainStored(store, stored);
    if (explained === null) {
      const why = `No candidate was left${stored.statusMessage === '' ? '' : `: ${stored.statusMessage}`}`;
      output.result({ ...stored, explanation: why }, `${why}\n\n${describeOutcome(stored)}`);
      return EXIT.ok;
    }
    const { decision, differences, notReplayed } = explained;
    const flips = explained.flips && nearestFirst(explained.flips);
    if (notReplayed !== null) output.note(`${notReplayed}: without it there are no flips and no fallbacks.`);
    if (differences !== null && differences.length > 0)
      output.warn(`By its own policy it would be decided otherwise now: ${differences.join(', ')}.`);
    output.result(
      { ...stored, decision, explanation: explain(decision), flips, differences },
      `${describeDecision(decision, flips)}\n\n${describeOutcome(stored)}`,
    );
    return EXIT.ok;
  });

/** `signalbox explain <decision id>`: why a stored decision was made, and what would have changed it. */
export const explainCommand = (): Command =>
  new Command('explain')
    .description(
      'show why a stored decision was made and what would have changed it; exit code 3 when there is none',
    )
    .argument('<id>', 'id of the decision')
    .option('--tenant <name>', 'find it only when it belongs to this tenant')
    .option(
      '--config <file>',
      'configuration file that names the ClickHouse; default: signalbox.config.* of this folder',
    )
    .action(runAction(runExplain));
