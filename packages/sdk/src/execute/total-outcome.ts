import type { AttemptOutcome, RequestOutcome, TokenUsage } from '@signalbox/spec';
import { UNKNOWN_USAGE } from '../attempt/token-usage.js';

/** An ended attempt, and whether it brought any content. */
export type EndedAttempt = { outcome: AttemptOutcome; gotContent: boolean };

/**
 * Whether the provider may have used tokens that it bills. A call that was refused or never got through has none; one
 * that was cut off or given up has some, but nobody says how many.
 */
const mayHaveUsedTokens = ({ outcome, gotContent }: EndedAttempt): boolean =>
  outcome.status !== 'failed' ||
  gotContent ||
  outcome.error?.type === 'timeout' ||
  outcome.usage.input !== null ||
  outcome.usage.output !== null;

const sum = (counts: readonly (number | null)[]): number | null =>
  counts.reduce((total, count) => (total === null || count === null ? null : total + count));

const sumUsage = (usages: readonly TokenUsage[]): TokenUsage => ({
  input: sum(usages.map(({ input }) => input)),
  output: sum(usages.map(({ output }) => output)),
  cacheRead: sum(usages.map(({ cacheRead }) => cacheRead)),
  cacheWrite: sum(usages.map(({ cacheWrite }) => cacheWrite)),
  reasoning: sum(usages.map(({ reasoning }) => reasoning)),
});

const NO_COST = { costNanoUsd: null, costSource: null, priceVersion: null };

/** The value that all have, or `mixed`. */
const common = <Value extends string>(values: readonly (Value | null)[]): Value | 'mixed' | null => {
  const [first = null, ...rest] = new Set(values);
  return rest.length === 0 ? first : 'mixed';
};

/**
 * Usage and cost of a request: the sums over the attempts that used tokens. A figure is `null` as soon as one of these
 * attempts does not know it, and when there are none: unknown is never 0.
 */
export const totalOutcome = (
  attempts: readonly EndedAttempt[],
): Pick<RequestOutcome, 'usage' | 'costNanoUsd' | 'costSource' | 'priceVersion'> => {
  const used = attempts.filter(mayHaveUsedTokens).map(({ outcome }) => outcome);
  if (used.length === 0) return { usage: UNKNOWN_USAGE, ...NO_COST };
  const costNanoUsd = sum(used.map((outcome) => outcome.costNanoUsd));
  const usage = sumUsage(used.map((outcome) => outcome.usage));
  if (costNanoUsd === null) return { usage, ...NO_COST };
  return {
    usage,
    costNanoUsd,
    costSource: common(used.map(({ costSource }) => costSource)),
    priceVersion: common(used.map(({ priceVersion }) => priceVersion)),
  };
};
