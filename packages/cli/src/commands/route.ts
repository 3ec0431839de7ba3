import { openPriceBook, priceTargets } from '@signalbox/prices';
import { compilePolicy, createRequest, decide, explain } from '@signalbox/router';
import { createSeededRandom, type Decision, STRATEGY_NAMES, type StrategyName } from '@signalbox/spec';
import { Command, Option } from 'commander';
import { loadConfig } from '../config/load-config.js';
import { resolvedDemoConfig } from '../demo/demo-config.js';
import { formatMs, formatShare, formatUsd } from '../output/format.js';
import type { Output } from '../output/output.js';
import { formatTable } from '../output/table.js';
import { runAction } from './command-context.js';
import { parseSeed } from './option-parsers.js';

type RouteOptions = { config?: string; strategy?: StrategyName; model?: string; seed: number };

const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`;

const describe = (decision: Decision): string => {
  const { task, prompt, route, routePatterns, strategy, candidates, selected, confidence, fallbacks } =
    decision;
  const matched =
    routePatterns.length > 0 ? ` (found ${routePatterns.map((text) => `"${text}"`).join(', ')})` : '';
  const table = formatTable(
    [
      { title: '', text: ({ target }) => (target === selected ? '>' : '') },
      { title: 'target', text: ({ target }) => target },
      { title: 'score', text: ({ score }) => score?.toFixed(3) ?? '-', align: 'right' },
      { title: 'chance', text: ({ probability }) => formatShare(probability), align: 'right' },
      { title: 'cost', text: ({ estimatedCostNanoUsd }) => formatUsd(estimatedCostNanoUsd), align: 'right' },
      { title: 'latency', text: ({ estimatedLatencyMs }) => formatMs(estimatedLatencyMs), align: 'right' },
      {
        title: 'why',
        text: ({ terms, excluded }) =>
          excluded
            ? `excluded: ${excluded.reason} (${excluded.detail})`
            : Object.entries(terms)
                .map(([name, value]) => `${name} ${signed(value)}`)
                .join(', '),
      },
    ],
    candidates,
  );
  return [
    explain(decision),
    '',
    `task       ${task.type}, ${task.complexity} (${task.complexityScore.toFixed(2)}), about ${prompt.tokensEstimated} tokens`,
    `route      ${route ?? 'none matched'}${matched}`,
    `strategy   ${strategy}, confidence ${confidence.toFixed(2)}`,
    `fallbacks  ${fallbacks.join(', ') || 'none'}`,
    '',
    table,
  ].join('\n');
};

const runRoute = async (output: Output, options: RouteOptions, prompt: string): Promise<undefined> => {
  const loaded = await loadConfig(options.config);
  const usesDemo = loaded.config.targets.length === 0;
  if (usesDemo) output.note('No targets configured: deciding over the targets of the demo.');
  const config = usesDemo ? resolvedDemoConfig() : loaded.config;
  const targets = priceTargets(config.targets, openPriceBook(config), new Date());
  const decision = decide(
    createRequest({
      prompt,
      tenant: config.tenant,
      strategy: options.strategy ?? null,
      model: options.model ?? null,
    }),
    compilePolicy(config.policy, targets),
    {},
    createSeededRandom(options.seed),
  );
  output.result({ ...decision, explanation: explain(decision) }, describe(decision));
};

/** `signalbox route "<prompt>"`: decides without calling anybody, and shows why. */
export const routeCommand = (): Command =>
  new Command('route')
    .description('decide where a prompt would go, and explain it; no provider is called')
    .argument('<prompt>', 'the text to route')
    .option('--config <file>', 'configuration file; default: signalbox.config.* of this folder')
    .addOption(new Option('--strategy <name>', "strategy instead of the policy's").choices(STRATEGY_NAMES))
    .option('--model <name>', 'ask for a target by id or model name, as a caller would')
    .option('--seed <number>', 'seed of the exploration draw', parseSeed, 1)
    .action(runAction(runRoute));
