import { compilePolicy, createRequest } from '@signalbox/router';
import {
  createSeededRandom,
  type Policy,
  parseConfig,
  type Random,
  type RoutingRequest,
  type Snapshot,
  type TargetSignals,
} from '@signalbox/spec';

/** What decisions are made from in a benchmark: a policy, measured targets, and requests that all differ. */
export type DecideScenario = {
  policy: Policy;
  snapshot: Snapshot;
  requests: readonly RoutingRequest[];
  random: Random;
};

const REQUESTS = 200;
const PROVIDERS = 6;
const WORDS =
  'the service returns a list of orders for each customer and we want to compare totals across regions, so write a short report about trends and explain why numbers changed in March (by 12 %). Keep to the facts.'.split(
    ' ',
  );

/** Targets that differ in everything that is scored; one of them has an open circuit. */
const targetsOf = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: `provider-${at % PROVIDERS}/model-${at}`,
    price: { input: 0.1 + at * 0.3, output: 0.5 + at * 1.1 },
    contextTokens: 4_000_000,
    maxOutputTokens: 16_000,
    capabilities: ['streaming' as const, 'tools' as const, 'json' as const],
    quality: 0.5 + ((at * 7) % 40) / 100,
  }));

const signalsOf = (at: number): TargetSignals => ({
  firstChunkMs: 213.4 + at * 31.7,
  tokensPerSecond: 51.23 + at * 4.9,
  successRate: 0.9 + ((at * 13) % 100) / 1000,
  circuit: at === 3 ? 'open' : 'closed',
});

/** A prompt of this many characters, put together from words. */
const promptOf = (characters: number, random: Random): string => {
  const words: string[] = [];
  for (let length = 0; length < characters; ) {
    const word = WORDS[Math.floor(random() * WORDS.length)] ?? '';
    words.push(word);
    length += word.length + 1;
  }
  return words.join(' ').slice(0, characters);
};

/** A scenario as a service has it: routes, exploration, all signals measured. Its sizes and its strategy vary. */
export const createDecideScenario = ({
  targets: count,
  characters,
  strategy,
  requests = REQUESTS,
}: {
  targets: number;
  characters: number;
  strategy: string;
  requests?: number;
}): DecideScenario => {
  const random = createSeededRandom(1);
  const { policy, targets } = parseConfig({
    targets: targetsOf(count),
    policy: {
      strategy,
      exploration: 0.02,
      routes: [
        { name: 'debugging', patterns: ['bug', 'stack trace', 'exception'], prefer: ['provider-1/model-1'] },
        { name: 'summaries', taskTypes: ['summarization', 'translation'], strategy: 'cost-optimal' },
        { name: 'proofs', patterns: ['prove', 'step by step'], strategy: 'quality-optimal' },
      ],
    },
  });
  return {
    policy: compilePolicy(policy, targets),
    snapshot: { signals: Object.fromEntries(targets.map(({ id }, at) => [id, signalsOf(at)])) },
    requests: Array.from({ length: requests }, () => createRequest({ prompt: promptOf(characters, random) })),
    random,
  };
};
