import { availableParallelism } from 'node:os';
import type { Policy } from '@signalbox/spec';
import {
  type DecisionRange,
  decisionParts,
  recordedPoliciesOf,
  type Store,
  type StoreOptions,
} from '@signalbox/store';
import { parseStoredPolicy } from '../policy/parse-stored-policy.js';
import { replayInThreads } from './replay-in-threads.js';
import { replayPart } from './replay-part.js';
import { emptySummary, mergeSummaries, type ReplaySummary } from './replay-summary.js';

/** 16,384 rows take about 30 MB: small enough that threads do not wait for each other at the end. */
const ROWS_PER_PART = 16_384;
const MAX_THREADS = 8;

/** Which history to replay, by what, and how. */
export type ReplayHistoryOptions = {
  range: DecisionRange;
  /** Decides all again; `null`: each by the policy that it was recorded with. */
  policy: Policy | null;
  /** For the connections of the threads. */
  login: StoreOptions;
  /** Default: one for each core, at most 8. */
  threads?: number | undefined;
  /** Rows that are read at once. Default: 16,384. */
  rowsPerPart?: number;
  /** Called now and then with what was found so far, and how many rows there are in all. */
  onProgress?: (found: ReplaySummary, total: number) => void;
  signal: AbortSignal;
};

/**
 * Replays the recorded decisions of a range. Reads them part by part, so that memory stays bounded however long the
 * range is; threads share the parts. Strategies in code are registered in this thread alone, so it replays them by itself.
 * Throws what the store throws.
 */
export const replayHistory = async (store: Store, options: ReplayHistoryOptions): Promise<ReplaySummary> => {
  const { range, policy, login, threads = defaultThreads(), rowsPerPart = ROWS_PER_PART, signal } = options;
  const parts = await decisionParts(store, range, { rowsPerPart, signal });
  const recorded = policy === null ? await policiesOf(store, range, signal) : [];
  const total = parts.reduce((sum, { rows }) => sum + rows, 0);
  const summary = emptySummary();
  const onPart = (found: ReplaySummary): void => {
    mergeSummaries(summary, found);
    options.onProgress?.(summary, total);
  };
  if (parts.length > 1 && !(policy ? [policy] : recorded).some(hasCode)) {
    await replayInThreads(parts, { threads, login, only: policy, recorded, onPart, signal });
    return summary;
  }
  const byVersion = new Map(recorded.map((each) => [each.version, each]));
  for (const part of parts) {
    onPart(await replayPart(store, part, { only: policy, recorded: byVersion }, signal));
  }
  return summary;
};

const hasCode = ({ strategies }: Policy): boolean =>
  Object.values(strategies).some((strategy) => 'code' in strategy);

const defaultThreads = (): number => Math.min(availableParallelism(), MAX_THREADS);

const policiesOf = async (store: Store, range: DecisionRange, signal: AbortSignal): Promise<Policy[]> =>
  (await store.query(recordedPoliciesOf, range, { signal })).flatMap((stored) => {
    const policy = parseStoredPolicy(stored);
    return policy === null ? [] : [policy];
  });
