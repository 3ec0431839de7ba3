import { TERM_NAMES, type TermName, type TermWeights } from '@signalbox/spec';
import { weighTerms } from '../strategies/weigh-terms.js';
import type { Flip } from './flip.js';
import { nearestFlip } from './nearest-flip.js';
import { firstUnder, type Scene } from './scene.js';

const STEPS_PER_UNIT = 1000;
/** How far a weight is raised in search of a flip: what takes more is no neighbour of the decision. */
const HEAVIEST = 10;

/**
 * For each weight the nearest value at which another candidate ranks first. None for a strategy in code, and none for
 * outcomes that the strategy did not read: they are not in the record, so nobody knows what they would have said.
 */
export const flipWeights = (scene: Scene): readonly Flip[] => {
  const { strategy } = scene.context;
  if (!('weigh' in strategy)) return [];
  const weights = strategy.weigh(scene.context);
  return TERM_NAMES.filter((name) => !isUnread(name, weights)).flatMap(
    (name) => flipWeight(scene, weights, name) ?? [],
  );
};

const isUnread = (name: TermName, weights: TermWeights): boolean =>
  (name === 'outcomes' || name === 'user') && !weights[name];

const flipWeight = (scene: Scene, weights: TermWeights, name: TermName): Flip | null => {
  const from = Math.round((weights[name] ?? 0) * STEPS_PER_UNIT);
  const best = scene.ranking[0].target;
  const winnerAt = (step: number): string | null => {
    const first = firstWeighing(scene, { ...weights, [name]: step / STEPS_PER_UNIT });
    return first === best ? null : first;
  };
  const heaviest = Math.max(from, HEAVIEST * STEPS_PER_UNIT);
  const [nearest] = [nearestFlip(from, 0, winnerAt), nearestFlip(from, heaviest, winnerAt)]
    .filter((flip) => flip !== null)
    .sort((a, b) => Math.abs(a.step - from) - Math.abs(b.step - from));
  if (!nearest) return null;
  const to = nearest.step / STEPS_PER_UNIT;
  return { kind: 'weight', name, from: from / STEPS_PER_UNIT, to, winner: nearest.winner };
};

const firstWeighing = (scene: Scene, weights: TermWeights): string =>
  firstUnder(scene, {
    terms: (facts) => weighTerms(weights, facts, scene.context),
    reads: scene.scorer.reads,
  });
