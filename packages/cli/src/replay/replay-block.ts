import { differences, replay } from '@signalbox/router';
import {
  type Decision,
  type ErrorCode,
  type Policy,
  SignalboxError,
  type Target,
  type TaskType,
} from '@signalbox/spec';
import { type DecisionBlock, decisionRecords, type ReplayRecord } from '@signalbox/store';
import { isSameDecision } from './is-same-decision.js';
import { recordedDecision } from './recorded-decision.js';
import { addBoth, countUp, MAX_EXAMPLES, type ReplaySummary, targetOf } from './replay-summary.js';

/** By what decisions are replayed: one policy for all, or for each the one that it was recorded with. */
export type ReplayPolicies = { only: Policy | null; recorded: ReadonlyMap<string, Policy> };

/** Replays every row of a block, and adds what it finds to a summary. */
export const replayBlock = (
  block: DecisionBlock,
  { only, recorded }: ReplayPolicies,
  summary: ReplaySummary,
): void => {
  const recordAt = decisionRecords(block);
  const isSame = isSameDecision(block);
  for (let row = 0; row < block.rows; row += 1) {
    summary.decisions += 1;
    if (block.strategy.keys[block.strategy.indexes[row] ?? 0] === '') {
      summary.undecided += 1;
      continue;
    }
    if (block.malformed[row] !== 0) {
      summary.malformed += 1;
      continue;
    }
    const record = recordAt(row);
    const policy = only ?? recorded.get(record.policy.version);
    if (policy === undefined) {
      countUp(summary.unknownPolicies, record.policy.version);
      continue;
    }
    const decision = decideAgain(record, policy);
    const isVerified = policy.version === record.policy.version && decision !== 'unknown-strategy';
    if (isVerified) summary.verified += 1;
    if (typeof decision === 'string') {
      countUp(summary.unanswered, decision);
      if (isVerified) addMismatch(summary, record.id, ['no decision']);
      continue;
    }
    summary.replayed += 1;
    if (isVerified && !isSame(row, decision)) {
      addMismatch(summary, record.id, differences(recordedDecision(block, row), decision));
    }
    addChange(summary, { block, row, decision, policy });
  }
};

/**
 * The decision, or the code of the error where the policy has no answer: no candidate is left, or a model or strategy is asked
 * for that it does not have. A strategy in code that is not registered says nothing about what was decided by it.
 */
const decideAgain = (record: ReplayRecord, policy: Policy): Decision | ErrorCode => {
  try {
    return replay(record, policy);
  } catch (error) {
    if (!SignalboxError.isInstance(error)) throw error;
    return error.code;
  }
};

const addMismatch = (summary: ReplaySummary, decisionId: string, found: readonly string[]): void => {
  summary.mismatches += 1;
  if (summary.examples.length < MAX_EXAMPLES) summary.examples.push({ decisionId, differences: found });
};

type Change = { block: DecisionBlock; row: number; decision: Decision; policy: Policy };

const addChange = (summary: ReplaySummary, { block, row, decision, policy }: Change): void => {
  const before = block.selected.keys[block.selected.indexes[row] ?? 0] ?? '';
  const after = decision.selected;
  targetOf(summary, before).before += 1;
  targetOf(summary, after).after += 1;
  if (before !== after) {
    summary.moved += 1;
    countUp(summary.moves, `${before} -> ${after}`);
  }
  const was = recordedIndex(block, row);
  const is = decision.candidates.find(({ target }) => target === after);
  const { costNanoUsd, latencyMs } = block.candidates;
  addBoth(
    summary.costNanoUsd,
    was === null ? null : valueAt(costNanoUsd, was),
    is?.estimatedCostNanoUsd ?? null,
  );
  addBoth(summary.latencyMs, was === null ? null : valueAt(latencyMs, was), is?.estimatedLatencyMs ?? null);
  const { type } = decision.task;
  addBoth(summary.quality, qualityOf(policy, before, type), qualityOf(policy, after, type));
};

/** Where the target that was chosen is among the candidates. */
const recordedIndex = ({ candidates, selected }: DecisionBlock, row: number): number | null => {
  const chosen = selected.keys[selected.indexes[row] ?? 0];
  const { target, ends } = candidates;
  const until = ends[row] ?? 0;
  for (let at = row === 0 ? 0 : (ends[row - 1] ?? 0); at < until; at += 1) {
    if (target.keys[target.indexes[at] ?? 0] === chosen) return at;
  }
  return null;
};

const valueAt = ({ nulls, values }: DecisionBlock['draw'], at: number): number | null =>
  nulls[at] === 1 ? null : (values[at] ?? null);

const targetsById = new WeakMap<Policy, Map<string, Target>>();

const qualityOf = (policy: Policy, id: string, type: TaskType): number | null => {
  let targets = targetsById.get(policy);
  if (!targets) {
    targets = new Map(policy.targets.map((target) => [target.id, target]));
    targetsById.set(policy, targets);
  }
  const target = targets.get(id);
  return target?.qualityByTask?.[type] ?? target?.quality ?? null;
};
