import type { ComplexityLevel } from '@signalbox/spec';
import { COMPLEXITY_FEATURES, type ComplexityFeatures, featuresOf } from './complexity-features.js';
import { COMPLEXITY_WEIGHTS } from './complexity-weights.js';
import { type PromptReading, readPrompt } from './read-prompt.js';

const DECIMALS = 10_000;

/** The complexity score of a prompt that was read already. See `scoreComplexity`. */
export const complexityOf = (reading: PromptReading): number =>
  weighFeatures(featuresOf(reading), COMPLEXITY_WEIGHTS);

/** A linear model over the features: their sum times `weights`, cut to 0..1, with four decimals. */
export const weighFeatures = (features: ComplexityFeatures, weights: ComplexityFeatures): number => {
  let score = 0;
  for (const name of COMPLEXITY_FEATURES) score += weights[name] * features[name];
  return Math.round(Math.min(1, Math.max(0, score)) * DECIMALS) / DECIMALS;
};

/** The features of a prompt, for whoever fits the weights or wants to know why a score is what it is. */
export const complexityFeatures = (prompt: string): ComplexityFeatures => featuresOf(readPrompt(prompt));

/**
 * How hard a prompt looks, 0 to 1 with four decimals, as `decide()` sees it. Any text has a score; an empty one has 0.
 * Reads at most 16,384 characters.
 */
export const scoreComplexity = (prompt: string): number => complexityOf(readPrompt(prompt));

/** The band of a score: `simple` below 0.2, `moderate` below 0.4, `complex` below 0.65, then `expert`. */
export const complexityLevel = (score: number): ComplexityLevel => {
  if (score < 0.2) return 'simple';
  if (score < 0.4) return 'moderate';
  return score < 0.65 ? 'complex' : 'expert';
};
