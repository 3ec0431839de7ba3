import { differences, type Flip, findFlips, replay } from '@signalbox/router';
import { type Candidate, type Decision, UnknownStrategyError } from '@signalbox/spec';
import {
  ALL_TENANTS,
  type DecisionBlock,
  decisionRecords,
  type ReplayRecord,
  readDecisions,
  recordedVersions,
  type Store,
  type StoredDecision,
} from '@signalbox/store';
import { splitTargetId } from '../demo/demo-targets.js';
import { parseStoredPolicy } from '../policy/parse-stored-policy.js';
import { recordedDecision } from './recorded-decision.js';

/** A stored decision as the router made it. */
export type ExplainedDecision = {
  decision: Decision;
  /** The nearest change of each weight and signal that would have put another target first; `null` without a replay. */
  flips: readonly Flip[] | null;
  /** What a replay by the recorded policy gives otherwise; `null` without a replay. */
  differences: readonly string[] | null;
  /** Why it could not be replayed, for people; `null` when it was. */
  notReplayed: string | null;
};

/**
 * The decision of a row, put together from what is stored, with the flips if its policy is recorded. `null` for a row in which no
 * candidate was left.
 */
export const explainStored = async (
  store: Store,
  { decisionId, timestamp, strategy, policyVersion }: StoredDecision,
): Promise<ExplainedDecision | null> => {
  const fromMs = Math.floor(Date.parse(timestamp));
  const range = { from: new Date(fromMs), to: new Date(fromMs + 1), tenant: ALL_TENANTS } as const;
  const blocks = strategy === null ? [] : await readDecisions(store, range);
  const block = blocks.find(({ id }) => id.includes(decisionId));
  if (block === undefined) return null;
  const row = block.id.indexOf(decisionId);
  const record = decisionRecords(block)(row);
  const decision = toDecision(block, row, record);
  const [stored] = await recordedVersions(store, policyVersion);
  const policy = stored?.version === policyVersion ? parseStoredPolicy(stored) : null;
  if (policy === null) return unreplayed(decision, `Policy ${policyVersion} is not recorded`);
  try {
    const again = replay(record, policy);
    return {
      // Fallbacks are not stored: they follow from the rest.
      decision: { ...decision, fallbacks: again.fallbacks },
      flips: findFlips(record, policy),
      differences: differences(recordedDecision(block, row), again),
      notReplayed: null,
    };
  } catch (error) {
    if (!UnknownStrategyError.isInstance(error, 'unknown-strategy')) throw error;
    return unreplayed(decision, `The strategy "${strategy}" is code that is not registered here`);
  }
};

const unreplayed = (decision: Decision, why: string): ExplainedDecision => ({
  decision,
  flips: null,
  differences: null,
  notReplayed: why,
});

const toDecision = (block: DecisionBlock, row: number, record: ReplayRecord): Decision => {
  const { override, candidates, ...recorded } = recordedDecision(block, row);
  const signals = new Map(record.candidates.map((candidate) => [candidate.target, candidate.signals]));
  return {
    ...record,
    ...recorded,
    override:
      record.asked.model === null
        ? null
        : { requested: record.asked.model, routed: override?.routed ?? null },
    candidates: candidates.map(
      (candidate): Candidate => ({
        ...candidate,
        ...splitTargetId(candidate.target),
        signals: signals.get(candidate.target) ?? null,
      }),
    ),
    fallbacks: [],
  };
};
