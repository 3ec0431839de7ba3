import { createSeededRandom, type StrategyName } from '@signalbox/spec';

// Who calls, and how: enough variety that every dashboard and query has something to show. All of it follows from the
// seed and the number of the request, so a load can be repeated.
const LEADS = [
  'Refactor this function and keep its behaviour:',
  'Why does this test fail? Find the bug in the stack trace:',
  'Summarize the following report in three sentences:',
  'Translate the following paragraph into German:',
  'Solve step by step and prove the result:',
  'Analyze the trade-offs between these two designs:',
  'Write a short story about the following:',
  'Hello, a question:',
] as const;
const SOURCES = ['ide-plugin', 'support-chat', 'report-job', 'review-bot'] as const;
const STRATEGIES: readonly (StrategyName | null)[] = [
  null,
  null,
  null,
  null,
  null,
  null,
  'cost-optimal',
  'cost-optimal',
  'performance-optimal',
  'quality-optimal',
];
const USERS = 40;
const STREAMED = 0.5;

/** One request of the simulated services, without its prompt text. */
export type TrafficRequest = {
  /** Names the request towards the simulator, which draws its errors and latencies from it. */
  key: string;
  lead: string;
  userId: string;
  source: string;
  strategy: StrategyName | null;
  /** A target asked for by name; `null` lets the router choose. */
  model: string | null;
  stream: boolean;
};

const pick = <Item>(list: readonly Item[], share: number): Item =>
  list[Math.floor(share * list.length)] as Item;

/** The request that stands behind the `index`-th arrival (from 0) of a load with this seed. */
export const drawTrafficRequest = ({
  seed,
  index,
  targets,
  overrideShare,
}: {
  seed: number;
  index: number;
  targets: readonly string[];
  overrideShare: number;
}): TrafficRequest => {
  const random = createSeededRandom(Math.imul(seed, 0x9e37_79b1) ^ index);
  random(); // The first number after nearby seeds is less mixed than the next ones.
  return {
    key: `${seed}-${index}`,
    lead: pick(LEADS, random()),
    userId: `user-${1 + Math.floor(random() * USERS)}`,
    source: pick(SOURCES, random()),
    strategy: pick(STRATEGIES, random()),
    model: random() < overrideShare ? pick(targets, random()) : null,
    stream: random() < STREAMED,
  };
};
