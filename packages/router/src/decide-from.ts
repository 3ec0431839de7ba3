import type { Decision, Policy, Stickiness } from '@signalbox/spec';
import type { OutcomesRead, SignalsOf } from './candidates/measured-signals.js';
import { chooseFreely } from './choose/choose-freely.js';
import type { TakeDraw } from './choose/draw.js';
import { honourOverride } from './choose/honour-override.js';
import { consider } from './consider.js';
import { type ContextInput, createContext } from './decision-context.js';
import { confidenceOf } from './explain/confidence.js';
import { createScorer } from './strategies/scorer.js';

/** Everything that a decision is made from beside the policy: of a request and a snapshot, or of a record. */
export type DecisionInput = Omit<ContextInput, 'promptTokens'> & {
  prompt: Decision['prompt'];
  routePatterns: readonly string[];
  sticky: Stickiness | null;
  /** Gives the signals of the targets, with the outcomes that the strategy reads. */
  signalsFor: (read: OutcomesRead) => SignalsOf;
  /** Asked at most once. */
  takeDraw: TakeDraw;
};

/** Decides: what `decide` and `replay` have in common, so that a replay is the same decision. */
export const decideFrom = (input: DecisionInput, policy: Policy): Decision => {
  const { asked, task, route, prompt, answerTokens, budgetLeftNanoUsd, sticky } = input;
  const context = createContext(
    { asked, task, route, promptTokens: prompt.tokensEstimated, answerTokens, budgetLeftNanoUsd },
    policy,
  );
  const scorer = createScorer(context);
  const signalsOf = input.signalsFor(scorer.reads);
  const candidates = policy.targets.map((target) => consider(target, signalsOf(target.id), context, scorer));
  const { ranking, ...choice } =
    asked.model === null
      ? chooseFreely(candidates, { policy, strategy: context.strategy, sticky, takeDraw: input.takeDraw })
      : honourOverride(asked.model, candidates, policy);
  return {
    policy: { name: policy.name, version: policy.version },
    strategy: context.strategy.name,
    route: route?.route.name ?? null,
    routePatterns: input.routePatterns,
    task,
    prompt,
    answerTokens,
    asked,
    budgetLeftNanoUsd,
    candidates: [...ranking, ...candidates.filter(({ eligible }) => !eligible)],
    confidence: confidenceOf(ranking),
    sticky,
    ...choice,
  };
};
