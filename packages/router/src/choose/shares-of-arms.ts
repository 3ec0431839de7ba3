import type { Arm } from '@signalbox/spec';
import { BILLION } from './billionths.js';
import type { Share } from './distribute.js';
import type { Ranking } from './rank.js';

/** The stretches of the arms that serve, and the ids of the targets that they name. */
export type ArmShares = { shares: readonly Share[]; named: ReadonlySet<string> };

/**
 * The part of the distribution that the arms of a policy take: each its share, for the best-ranked of its targets. An
 * arm without an eligible target takes nothing: its share is for the others. Shadows take nothing either.
 */
export const sharesOfArms = (ranking: Ranking, arms: readonly Arm[]): ArmShares => {
  const shares: Share[] = [];
  const named = new Set<string>();
  let left = BILLION;
  for (const { name, share, targets, shadow } of arms) {
    if (shadow) continue;
    for (const target of targets) named.add(target);
    const candidate = ranking.find(({ target }) => targets.includes(target));
    const billionths = Math.min(left, Math.round(share * BILLION));
    if (!candidate || billionths === 0) continue;
    shares.push({ candidate, arm: name, billionths });
    left -= billionths;
  }
  return { shares, named };
};
