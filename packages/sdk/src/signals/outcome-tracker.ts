import type { Outcomes, OutcomesByTarget, RoutingRequest, Snapshot, Task } from '@signalbox/spec';
import { BoundedMap } from './bounded-map.js';

/** How one attempt ended, for whom and at what. */
type LearnedOutcome = {
  request: Pick<RoutingRequest, 'tenant' | 'userId'>;
  task: Task;
  targetId: string;
  succeeded: boolean;
};

/** What targets succeeded at, by task type and complexity, and with whom. */
export interface OutcomeTracker {
  record(outcome: LearnedOutcome): void;
  /** The outcomes as of now, as the part of a snapshot for a request. Costs nothing: the records are replaced, never changed. */
  snapshotFor(request: LearnedOutcome['request']): Pick<Snapshot, 'outcomes' | 'userOutcomes'>;
}

/** What an outcome counts for after the next one at the same place. With 0.98 the last 50 make up two thirds. */
const DISCOUNT = 0.98;
const MAX_USERS = 10_000;

const NO_OUTCOMES: Outcomes = { successes: 0, failures: 0 };

const withOutcome = (
  known: OutcomesByTarget | undefined,
  { targetId, succeeded }: LearnedOutcome,
): OutcomesByTarget => {
  const { successes, failures } = known?.[targetId] ?? NO_OUTCOMES;
  const newest = {
    successes: successes * DISCOUNT + (succeeded ? 1 : 0),
    failures: failures * DISCOUNT + (succeeded ? 0 : 1),
  };
  return { ...known, [targetId]: newest };
};

const userKey = ({ tenant, userId }: LearnedOutcome['request']): string | null =>
  userId === null ? null : JSON.stringify([tenant, userId]);

/**
 * Creates a tracker that remembers in memory: 36 contexts, and the last 10,000 users. What it knows is gone with the
 * process, and of this process only.
 */
export const createOutcomeTracker = (): OutcomeTracker => {
  let outcomes: NonNullable<Snapshot['outcomes']> = {};
  const users = new BoundedMap<OutcomesByTarget>(MAX_USERS);
  return {
    record(outcome) {
      const context = `${outcome.task.type}/${outcome.task.complexity}` as const;
      outcomes = { ...outcomes, [context]: withOutcome(outcomes[context], outcome) };
      const user = userKey(outcome.request);
      if (user !== null) users.set(user, withOutcome(users.get(user), outcome));
    },
    snapshotFor(request) {
      const user = userKey(request);
      const userOutcomes = user === null ? undefined : users.get(user);
      return userOutcomes ? { outcomes, userOutcomes } : { outcomes };
    },
  };
};
