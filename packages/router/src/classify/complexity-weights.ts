import type { ComplexityFeatures } from './complexity-features.js';

/** Changes whenever a weight, a feature or a threshold of the complexity score changes. */
export const COMPLEXITY_MODEL_VERSION = 2;

/**
 * What each feature adds to the complexity score at its full value, fitted on RouteLLM's development split by a ridge
 * regression towards weights set by hand.
 */
export const COMPLEXITY_WEIGHTS: ComplexityFeatures = {
  length: 0.442,
  names: 0.439,
  numerals: -0.227,
  compound: 0.259,
  givenText: -0.141,
  hardWork: 0.293,
};
