import { text } from 'node:stream/consumers';
import { createRequest, decide, explain, findFlips } from '@signalbox/router';
import { CAPABILITIES, type Capability, createSeededRandom } from '@signalbox/spec';
import { Command, Option } from 'commander';
import { loadConfig } from '../config/load-config.js';
import { resolvedDemoConfig } from '../demo/demo-config.js';
import { describeDecision, nearestFirst } from '../output/describe-decision.js';
import type { Output } from '../output/output.js';
import { policyOfConfig } from '../policy/policy-of-config.js';
import { runAction } from './command-context.js';
import { addPair, parseCapabilities, parseSeed } from './option-parsers.js';

type RouteOptions = {
  config?: string;
  strategy?: string;
  model?: string;
  tenant?: string;
  user?: string;
  conversation?: string;
  needs: Capability[];
  metadata: Record<string, string>;
  seed: number;
};

const runRoute = async (output: Output, options: RouteOptions, prompt: string): Promise<undefined> => {
  const loaded = await loadConfig(options.config);
  const usesDemo = loaded.config.targets.length === 0;
  if (usesDemo) output.note('No targets configured: deciding over the targets of the demo.');
  const config = usesDemo ? resolvedDemoConfig() : loaded.config;
  const policy = policyOfConfig(config);
  const request = createRequest({
    prompt: prompt === '-' ? await text(process.stdin) : prompt,
    tenant: options.tenant ?? config.tenant,
    userId: options.user ?? null,
    conversationId: options.conversation ?? null,
    strategy: options.strategy ?? null,
    model: options.model ?? null,
    needs: options.needs,
    metadata: options.metadata,
  });
  const decision = decide(request, policy, {}, createSeededRandom(options.seed));
  const flips = nearestFirst(findFlips(decision, policy));
  output.result({ ...decision, explanation: explain(decision), flips }, describeDecision(decision, flips));
};

/** `signalbox route "<prompt>"`: decides without calling anybody, and shows why. */
export const routeCommand = (): Command =>
  new Command('route')
    .description('decide where a prompt would go, and explain it; no provider is called')
    .argument('<prompt>', 'the text to route; `-` reads it from standard input')
    .option('--config <file>', 'configuration file; default: signalbox.config.* of this folder')
    .option('--strategy <name>', "strategy instead of the policy's: a built-in one, or one of the policy")
    .option('--model <name>', 'ask for a target by id or model name, as a caller would')
    .option('--tenant <name>', 'tenant of the request; default: of the configuration')
    .option('--user <id>', 'user of the request, to whom the policy may stick')
    .option('--conversation <id>', 'conversation of the request, to which the policy may stick')
    .addOption(
      new Option('--needs <list>', `what the target must be capable of, of ${CAPABILITIES.join(',')}`)
        .argParser(parseCapabilities)
        .default([], 'nothing'),
    )
    .addOption(
      new Option('--metadata <key=value>', 'metadata that routes match on; may be repeated')
        .argParser(addPair)
        .default({}, 'none'),
    )
    .option('--seed <number>', 'seed of the draw', parseSeed, 1)
    .action(runAction(runRoute));
