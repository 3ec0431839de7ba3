import { compilePolicy, createRequest, decide, scoreComplexity } from '@signalbox/router';
import { type Decision, type Policy, parseConfig } from '@signalbox/spec';
import { type Outcome, type Outcomes, QUALITY_SETS } from './read-outcomes.js';

/** Prompts of about equal complexity whose outcomes together are the measured quality of both models. */
const BLOCK_PROMPTS = 50;
/** Cost sensitivities, beside a quality preference of 1: from hardly any choice of the weak model to hardly any other. */
const COST_SENSITIVITIES = [0.1, 0.3, 0.5, 0.7, 0.9];
const STEPS = 30;
const DECIMALS = 10;

type Qualities = { weak: number; strong: number };
/** A decision whose choice did or did not stand, and how much it counts. */
type Trial = { margin: number; stood: boolean; weight: number };

const mean = (outcomes: readonly Outcome[], model: keyof Qualities): number =>
  outcomes.reduce((sum, outcome) => sum + outcome[model], 0) / outcomes.length;

const qualitiesOf = (outcomes: readonly Outcome[]): Qualities => ({
  weak: mean(outcomes, 'weak'),
  strong: mean(outcomes, 'strong'),
});

/** The two models at their list prices of early 2024, in a policy that cares for cost and quality. */
const createPolicy = ({ weak, strong }: Qualities, costSensitivity: number): Policy => {
  const { policy, targets } = parseConfig({
    targets: [
      { id: 'weak/mixtral-8x7b', price: { input: 0.6, output: 0.6 }, quality: weak },
      { id: 'strong/gpt-4-1106', price: { input: 10, output: 30 }, quality: strong },
    ],
    policy: { preferences: { costSensitivity, speedPreference: 0, qualityPreference: 1 } },
  });
  return compilePolicy(policy, targets);
};

const decideFor = ({ prompt }: Outcome, policy: Policy): Decision =>
  decide(createRequest({ prompt }), policy, {}, () => 0);

const marginOf = ({ candidates: [best, second] }: Decision): number =>
  (best?.score ?? 0) - (second?.score ?? 0);

const toBlocks = (outcomes: readonly Outcome[]): Outcome[][] => {
  const order = outcomes
    .map((outcome) => ({ outcome, score: scoreComplexity(outcome.prompt) }))
    .sort((a, b) => a.score - b.score)
    .map(({ outcome }) => outcome);
  const count = Math.max(1, Math.round(order.length / BLOCK_PROMPTS));
  return Array.from({ length: count }, (_, block) =>
    order.slice(Math.round((block * order.length) / count), Math.round(((block + 1) * order.length) / count)),
  );
};

const tryBlock = (block: readonly Outcome[], believed: Qualities, costSensitivity: number) => {
  const before = createPolicy(believed, costSensitivity);
  const after = createPolicy(qualitiesOf(block), costSensitivity);
  return block.map((outcome) => {
    const decision = decideFor(outcome, before);
    return {
      margin: marginOf(decision),
      stood: decideFor(outcome, after).selected === decision.selected,
    };
  });
};

/**
 * Decides every prompt twice: with the qualities of both models over their whole benchmark, and with those measured on
 * fifty prompts of about its complexity. A choice stands when both give the same.
 */
export const tryDecisions = (outcomes: Outcomes): readonly Trial[] =>
  QUALITY_SETS.flatMap((set) => {
    const believed = qualitiesOf(outcomes[set]);
    const weight = 1 / outcomes[set].length;
    const blocks = toBlocks(outcomes[set]);
    return COST_SENSITIVITIES.flatMap((costSensitivity) =>
      blocks.flatMap((block) =>
        tryBlock(block, believed, costSensitivity).map((trial) => ({ ...trial, weight })),
      ),
    );
  });

/**
 * The slope of the logistic function from the margin of a decision to the chance that its choice stands, which is one
 * half for a tie: most likely for these trials, found by Newton's method; one decimal.
 */
export const fitConfidence = (trials: readonly Trial[]): number => {
  let slope = 0;
  for (let step = 0; step < STEPS; step += 1) {
    let [gradient, curvature] = [0, 0];
    for (const { margin, stood, weight } of trials) {
      const chance = 1 / (1 + Math.exp(-slope * margin));
      gradient += weight * margin * ((stood ? 1 : 0) - chance);
      curvature += weight * margin * margin * chance * (1 - chance);
    }
    slope += gradient / curvature;
  }
  return Math.round(slope * DECIMALS) / DECIMALS;
};
