import type { DecisionContext } from '../decision-context.js';

/** Weights of cost, latency and quality. */
export type PreferenceWeights = { cost: number; latency: number; quality: number };

/**
 * The preferences of a request as weights that sum to `total`. Harder prompts give quality more weight: half its
 * preference at complexity 0, one and a half times at complexity 1.
 */
export const weighPreferences = (
  { preferences, task }: Pick<DecisionContext, 'preferences' | 'task'>,
  total: number,
): PreferenceWeights => {
  const { costSensitivity, speedPreference, qualityPreference } = preferences;
  const quality = qualityPreference * (0.5 + task.complexityScore);
  const sum = costSensitivity + speedPreference + quality;
  // Caring for nothing is caring for all alike.
  if (sum === 0) return { cost: total / 3, latency: total / 3, quality: total / 3 };
  return {
    cost: (costSensitivity / sum) * total,
    latency: (speedPreference / sum) * total,
    quality: (quality / sum) * total,
  };
};
