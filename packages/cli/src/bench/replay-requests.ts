import { createRequest } from '@signalbox/router';
import type {
  OutcomesByTarget,
  Policy,
  Random,
  RoutingRequest,
  Snapshot,
  TargetSignals,
} from '@signalbox/spec';

const PROMPTS = [
  'Why does this test fail? There must be a bug. Here is the stack trace of the exception.',
  'Write a function in TypeScript that parses a CSV file with quoted fields.',
  'Summarize the following report in three sentences.',
  'Translate this letter into French.',
  'Prove step by step that there are infinitely many prime numbers.',
  'Write a short poem about a signal box in the rain.',
  'Compare the two proposals, weigh their risks and recommend one.',
  'What is 17 percent of 2340, and how much is left?',
  'Hello! Can you help me plan dinner?',
] as const;
const WORDS = [
  'table',
  'because',
  'quickly',
  'the',
  'energy',
  'never',
  'module',
  'river',
  '1204',
  'therefore',
] as const;
const TENANTS = ['', 'acme', 'globex', 'initech'] as const;

const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T;

/** The value in a share of the cases, else nothing. */
const sometimes = <T>(share: number, value: T, random: Random): T | undefined =>
  random() < share ? value : undefined;

const promptOf = (random: Random): string => {
  const more = Array.from({ length: Math.floor(random() ** 3 * 200) }, () => pick(WORDS, random));
  return `${pick(PROMPTS, random)} ${more.join(' ')}`;
};

/** A request such as services send them: mostly a prompt alone, now and then with wishes. */
export const replayRequest = (random: Random): RoutingRequest => {
  const given = {
    userId: sometimes(0.5, `user-${Math.floor(random() * 200)}`, random),
    conversationId: sometimes(0.4, `conversation-${Math.floor(random() * 5000)}`, random),
    model: sometimes(0.01, 'gpt-5-mini', random),
    strategy: sometimes(0.03, 'quality-optimal', random),
    preferences: sometimes(
      0.05,
      { costSensitivity: 0.9, speedPreference: 0.1, qualityPreference: 0.4 },
      random,
    ),
    needs: sometimes(0.1, ['vision' as const], random),
    maxOutputTokens: sometimes(0.1, 500, random),
    limits: sometimes(0.05, { costNanoUsd: 2_000_000, latencyMs: 6000 }, random),
    metadata: sometimes(0.1, { tier: random() < 0.1 ? 'learned' : 'live' }, random),
  };
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  return createRequest({
    prompt: promptOf(random),
    tenant: pick(TENANTS, random),
    ...Object.fromEntries(known),
  });
};

const signalsOf = (random: Random): TargetSignals => ({
  firstChunkMs: 200 + random() * 900,
  tokensPerSecond: 40 + random() * 200,
  successRate: random() < 0.5 ? 1 : 0.9 + random() * 0.1,
  circuit: random() < 0.02 ? 'open' : 'closed',
  ...(random() < 0.05 && { health: pick(['healthy', 'degraded', 'unhealthy'] as const, random) }),
  ...(random() < 0.05 && {
    requestsLeft: Math.floor(random() * 50),
    tokensLeft: Math.floor(random() * 90_000),
  }),
});

const outcomesOf = (targets: Policy['targets'], random: Random): OutcomesByTarget =>
  Object.fromEntries(targets.map(({ id }) => [id, { successes: random() * 40, failures: random() * 4 }]));

/** What was measured at a moment. */
export const replaySnapshot = ({ targets }: Policy, random: Random): Snapshot => {
  const outcomes = outcomesOf(targets, random);
  return {
    signals: Object.fromEntries(targets.slice(0, -1).map(({ id }) => [id, signalsOf(random)])),
    outcomes: {
      'coding/simple': outcomes,
      'coding/moderate': outcomes,
      'coding/complex': outcomes,
      'coding/expert': outcomes,
    },
    userOutcomes: outcomesOf(targets, random),
    budgetLeftNanoUsd: random() < 0.1 ? Math.floor(random() * 10_000_000) : null,
    held: random() < 0.3 ? pick(targets, random).id : null,
  };
};
