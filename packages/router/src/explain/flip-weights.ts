import { TERM_NAMES, type TermName, type TermWeights } from '@signalbox/spec';
import { gatherFacts } from '../candidates/target-facts.js';
import { sumTerms } from '../strategies/sum-terms.js';
import { weighTerms } from '../strategies/weigh-terms.js';
import { toThousandths } from '../to-thousandths.js';
import type { Flip } from './flip.js';
import { firstUnder, type Scene } from './scene.js';

/** Terms are rounded, so the flip may lie a few steps beyond where the exact scores cross. */
const STEP = 1e-3;
const MAX_STEPS = 20;

/** For each weight the nearest value at which another candidate ranks first. None for a strategy in code. */
export const flipWeights = (scene: Scene): readonly Flip[] => {
  const { strategy } = scene.context;
  if (!('weigh' in strategy)) return [];
  const weights = strategy.weigh(scene.context);
  return TERM_NAMES.flatMap((name) => flipWeight(scene, weights, name) ?? []);
};

const flipWeight = (scene: Scene, weights: TermWeights, name: TermName): Flip | null => {
  const change = nearestCrossing(scene, name);
  if (change === null) return null;
  const from = weights[name] ?? 0;
  const step = change < 0 ? -STEP : STEP;
  for (let steps = 0; steps <= MAX_STEPS; steps += 1) {
    const to = toThousandths(from + change + steps * step);
    if (to < 0) return null;
    const winner = firstWeighing(scene, { ...weights, [name]: to });
    if (winner !== scene.ranking[0].target) {
      return { kind: 'weight', name, from: toThousandths(from), to, winner };
    }
  }
  return null;
};

/** The smallest change of a weight at which some rival's score reaches that of the best. */
const nearestCrossing = ({ ranking, targets, context, signalsOf }: Scene, name: TermName): number | null => {
  const scales = new Map(
    targets.map((target) => {
      const facts = gatherFacts(target, signalsOf(target.id), context);
      return [target.id, sumTerms(weighTerms({ [name]: 1 }, facts, context))];
    }),
  );
  const [best, ...rivals] = ranking;
  let nearest: number | null = null;
  for (const rival of rivals) {
    const gain = (scales.get(rival.target) ?? 0) - (scales.get(best.target) ?? 0);
    if (gain === 0) continue;
    const change = ((best.score ?? 0) - (rival.score ?? 0)) / gain;
    if (nearest === null || Math.abs(change) < Math.abs(nearest)) nearest = change;
  }
  return nearest;
};

const firstWeighing = (scene: Scene, weights: TermWeights): string =>
  firstUnder(scene, {
    terms: (facts) => weighTerms(weights, facts, scene.context),
    reads: scene.scorer.reads,
  });
