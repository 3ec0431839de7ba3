import type { Candidate, Decision, Policy, TargetSignals } from '@signalbox/spec';
import { keyDraw } from '../choose/key-draw.js';
import { type DecisionInput, decideFrom } from '../decide-from.js';
import { recordedRoute } from './recorded-route.js';

/** What a replay needs of a recorded decision, which `Decision` and the rows of `decisions` both have. */
export type DecisionRecord = Pick<
  Decision,
  | 'policy'
  | 'route'
  | 'routePatterns'
  | 'task'
  | 'prompt'
  | 'answerTokens'
  | 'asked'
  | 'budgetLeftNanoUsd'
  | 'draw'
  | 'sticky'
> & {
  candidates: readonly Pick<Candidate, 'target' | 'signals'>[];
  /** Id of the decision: gives the draw where the policy needs one and the recorded decision did without. */
  id?: string;
};

/**
 * Decides again from a record alone. Under the policy that was recorded the result is the recorded decision, bit for
 * bit. Under another policy it is what that policy would have decided, as far as the record knows: the route is found
 * again by what is recorded of the prompt (see `recordedRoute`), and a target that was no candidate then has no signals.
 *
 * Throws what `decide` throws.
 */
export const replay = (record: DecisionRecord, policy: Policy): Decision =>
  decideFrom(inputOf(record, policy), policy);

/** A record as what a decision under a policy is made from. */
export const inputOf = (record: DecisionRecord, policy: Policy): DecisionInput => {
  const route = recordedRoute(record, policy);
  const signals = new Map<string, TargetSignals | null>();
  for (const candidate of record.candidates) signals.set(candidate.target, candidate.signals);
  return {
    asked: record.asked,
    task: record.task,
    route,
    routePatterns: patternsOf(record, route?.route.name ?? null),
    prompt: record.prompt,
    answerTokens: record.answerTokens,
    budgetLeftNanoUsd: record.budgetLeftNanoUsd,
    sticky: record.sticky,
    signalsFor: () => (targetId) => signals.get(targetId) ?? null,
    takeDraw: () => record.draw ?? keyDraw(record.id ?? ''),
  };
};

/** Patterns are found in a prompt, which is gone: only those of the recorded route are known. */
const patternsOf = ({ route, routePatterns }: DecisionRecord, replayed: string | null): readonly string[] =>
  route === replayed ? routePatterns : [];
