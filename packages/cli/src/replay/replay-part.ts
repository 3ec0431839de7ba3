import { type DecisionPart, readDecisions, type Store } from '@signalbox/store';
import { type ReplayPolicies, replayBlock } from './replay-block.js';
import { emptySummary, type ReplaySummary } from './replay-summary.js';

/** Reads the decisions of a part and replays them. */
export const replayPart = async (
  store: Store,
  part: DecisionPart,
  policies: ReplayPolicies,
  signal?: AbortSignal,
): Promise<ReplaySummary> => {
  const summary = emptySummary();
  for (const block of await readDecisions(store, part, signal && { signal }))
    replayBlock(block, policies, summary);
  return summary;
};
