import type { Candidate, Policy, Target, TargetSignals } from '@signalbox/spec';
import type { SignalsOf } from '../candidates/measured-signals.js';
import { type Ranking, rank } from '../choose/rank.js';
import { consider } from '../consider.js';
import type { DecisionInput } from '../decide-from.js';
import { createContext, type DecisionContext } from '../decision-context.js';
import { createScorer, type Scorer } from '../strategies/scorer.js';

/** A decision taken apart, to ask what would have ranked first if one thing had been different. */
export type Scene = {
  context: DecisionContext;
  scorer: Scorer;
  targets: readonly Target[];
  signalsOf: SignalsOf;
  candidates: readonly Candidate[];
  ranking: Ranking;
};

/** Sets the scene of a decision. Throws `NoCandidateError` when every candidate is excluded. */
export const createScene = (input: DecisionInput, policy: Policy): Scene => {
  const context = createContext({ ...input, promptTokens: input.prompt.tokensEstimated }, policy);
  const scorer = createScorer(context);
  const signalsOf = input.signalsFor(scorer.reads);
  const { targets } = policy;
  const candidates = targets.map((target) => consider(target, signalsOf(target.id), context, scorer));
  return { context, scorer, targets, signalsOf, candidates, ranking: rank(candidates) };
};

/** Who ranks first under another scorer. */
export const firstUnder = ({ context, targets, signalsOf }: Scene, scorer: Scorer): string =>
  rank(targets.map((target) => consider(target, signalsOf(target.id), context, scorer)))[0].target;

/** Who ranks first when one target has other signals; `null` when nobody is left. */
export const firstWith = (scene: Scene, changed: Target, signals: TargetSignals): string | null => {
  const candidate = consider(changed, signals, scene.context, scene.scorer);
  const candidates = scene.candidates.map((each) => (each.target === changed.id ? candidate : each));
  return candidates.some(({ eligible }) => eligible) ? rank(candidates)[0].target : null;
};
