import type { Outcomes, OutcomesByTarget, Snapshot, TargetSignals, Task, TermWeights } from '@signalbox/spec';
import { toFourDecimals } from '../to-four-decimals.js';
import { toThousandths } from '../to-thousandths.js';

/** Gives the signals of a target by its id, `null` where nothing was measured. */
export type SignalsOf = (targetId: string) => TargetSignals | null;

/** Which outcomes a strategy reads, beside the signals. */
export type OutcomesRead = Pick<TermWeights, 'outcomes' | 'user'>;

/**
 * Looks signals up in a snapshot, rounded to the resolution at which they are recorded, together with the outcomes that
 * the strategy reads. Rounding comes before anything is computed from them, so that the record holds what was used.
 */
export const measuredSignals = (snapshot: Snapshot, task: Task, read: OutcomesRead): SignalsOf => {
  const outcomes = read.outcomes ? snapshot.outcomes?.[`${task.type}/${task.complexity}`] : undefined;
  const userOutcomes = read.user ? snapshot.userOutcomes : undefined;
  return (targetId) => {
    const signals = roundSignals(snapshot.signals?.[targetId]);
    return outcomes || userOutcomes ? withOutcomes(signals, targetId, outcomes, userOutcomes) : signals;
  };
};

const roundSignals = (signals: TargetSignals | undefined): TargetSignals | null => {
  if (!signals) return null;
  const { firstChunkMs, tokensPerSecond, successRate, circuit, health, requestsLeft, tokensLeft } = signals;
  // Field by field, because a spread takes several times as long, and this is done for every target.
  const rounded: TargetSignals = {
    firstChunkMs: firstChunkMs === null ? null : Math.round(firstChunkMs),
    tokensPerSecond: tokensPerSecond === null ? null : Math.round(tokensPerSecond * 10) / 10,
    successRate: successRate === null ? null : toThousandths(successRate),
    circuit,
  };
  if (health !== undefined) rounded.health = health;
  if (requestsLeft !== undefined) rounded.requestsLeft = requestsLeft;
  if (tokensLeft !== undefined) rounded.tokensLeft = tokensLeft;
  return rounded;
};

const NOTHING: TargetSignals = {
  firstChunkMs: null,
  tokensPerSecond: null,
  successRate: null,
  circuit: 'closed',
};

const withOutcomes = (
  signals: TargetSignals | null,
  targetId: string,
  outcomes: OutcomesByTarget | undefined,
  userOutcomes: OutcomesByTarget | undefined,
): TargetSignals | null => {
  const own = outcomes?.[targetId];
  const user = userOutcomes?.[targetId];
  if (!own && !user) return signals;
  const all: TargetSignals = { ...(signals ?? NOTHING) };
  if (own) [all.successes, all.failures] = rounded(own);
  if (user) [all.userSuccesses, all.userFailures] = rounded(user);
  return all;
};

const rounded = ({ successes, failures }: Outcomes): [number, number] => [
  toFourDecimals(successes),
  toFourDecimals(failures),
];
