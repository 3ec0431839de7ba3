import type { Arm } from '@signalbox/spec';
import { BILLION } from './billionths.js';
import { drawAgain } from './key-draw.js';
import type { Ranking } from './rank.js';

/**
 * The targets to call in the shadow: of each shadow arm whose share the draw falls into, the best-ranked eligible one
 * that is not the chosen one. The arms draw independently of each other and of the choice, all from its one number.
 */
export const chooseShadows = (
  ranking: Ranking,
  selected: string,
  arms: readonly Arm[],
  draw: number,
): readonly string[] => {
  const shadows = new Set<string>();
  for (const [at, arm] of arms.entries()) {
    if (!arm.shadow || drawAgain(draw, at) >= Math.round(arm.share * BILLION)) continue;
    const called = ranking.find(({ target }) => target !== selected && arm.targets.includes(target));
    if (called) shadows.add(called.target);
  }
  return [...shadows];
};

/** Whether a policy needs a draw for its shadows even where the choice is certain. */
export const drawsShadows = (arms: readonly Arm[]): boolean =>
  arms.some(({ shadow, share }) => shadow && share > 0);
