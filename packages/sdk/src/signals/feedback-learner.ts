import type { Feedback, FeedbackGiven, Listener } from '@signalbox/spec';
import { BoundedMap } from './bounded-map.js';
import type { OutcomeTracker } from './outcome-tracker.js';

/** Who was served by what, as the outcomes know it. */
type Served = Omit<Parameters<OutcomeTracker['record']>[0], 'succeeded'>;

/** Turns feedback on decisions of this process into outcomes. */
export interface FeedbackLearner extends Listener {
  /** A decision was served: feedback on it counts from now on. */
  serve(decisionId: string, served: Served): void;
}

const MAX_DECISIONS = 10_000;
const SATISFIED = 0.5;

/** Whether feedback speaks for the target; taking another one instead speaks against it. */
const verdictOf = ({ satisfaction, accurate }: Feedback): boolean => {
  if (satisfaction !== null) return satisfaction >= SATISFIED;
  return accurate ?? false;
};

/**
 * Creates a learner over the last 10,000 served decisions of this process. Each piece of feedback is one more outcome of
 * the target that served; feedback under another tenant does not count.
 */
export const createFeedbackLearner = (outcomes: OutcomeTracker): FeedbackLearner => {
  const decisions = new BoundedMap<Served>(MAX_DECISIONS);
  return {
    // Field by field: the request must not be held, because it has the prompt.
    serve: (decisionId, { request: { tenant, userId }, task, targetId }) =>
      decisions.set(decisionId, { request: { tenant, userId }, task, targetId }),
    onFeedbackGiven({ decisionId, tenant, feedback }: FeedbackGiven) {
      const served = decisions.get(decisionId);
      if (!served || served.request.tenant !== tenant) return;
      outcomes.record({ ...served, succeeded: verdictOf(feedback) });
    },
  };
};
