import { COMPLEXITY_FEATURES, type ComplexityFeatures } from '@signalbox/router';
import type { QualitySample, QualitySamples } from './quality-sample.js';
import { QUALITY_SETS } from './read-outcomes.js';
import { solveLinear } from './solve-linear.js';

/**
 * Where the weights are drawn to. The benchmarks hold hardly a cue of hard work, so that weight stays near what is set
 * here; of the other features they say more.
 */
const PRIOR: ComplexityFeatures = {
  length: 0.45,
  names: 0.25,
  numerals: 0,
  compound: 0,
  givenText: 0,
  hardWork: 0.4,
};
/** How strongly. From a third of this to three times as much, the cross-validated APGR stays within 0.01. */
const RIDGE = 0.03;
/** Points of accuracy that the strong model is taken to gain from a score of 0 to a score of 1. Only sets the scale. */
const GAIN_PER_SCORE = 0.8;

const DECIMALS = 1000;

type Row = { features: number[]; gain: number; weight: number };

/** The rows of one benchmark around their mean, together of weight 1: only the order within a benchmark counts. */
const centre = (samples: readonly QualitySample[]): Row[] => {
  const weight = 1 / samples.length;
  const rows = samples.map(({ features, gain }) => ({
    features: COMPLEXITY_FEATURES.map((name) => features[name]),
    gain: gain / GAIN_PER_SCORE,
    weight,
  }));
  const mean = (value: (row: Row) => number): number =>
    rows.reduce((sum, row) => sum + value(row) * weight, 0);
  const meanGain = mean(({ gain }) => gain);
  const means = COMPLEXITY_FEATURES.map((_, at) => mean(({ features }) => features[at] ?? 0));
  return rows.map((row) => ({
    ...row,
    features: row.features.map((value, at) => value - (means[at] ?? 0)),
    gain: row.gain - meanGain,
  }));
};

const sumOver = (rows: readonly Row[], value: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + row.weight * value(row), 0);

/**
 * Fits the weights of the complexity score: a ridge regression of what the strong model gains on the features, within
 * each benchmark, drawn towards weights set by hand. Exact and without chance; three decimals.
 */
export const fitComplexity = (samples: QualitySamples): ComplexityFeatures => {
  const rows = QUALITY_SETS.flatMap((set) => centre(samples[set]));
  const prior = COMPLEXITY_FEATURES.map((name) => PRIOR[name]);
  const residual = ({ features, gain }: Row): number =>
    features.reduce((rest, value, at) => rest - value * (prior[at] ?? 0), gain);
  const right = prior.map((_, i) => sumOver(rows, (row) => (row.features[i] ?? 0) * residual(row)));
  const matrix = prior.map((_, i) =>
    prior.map(
      (_, j) =>
        sumOver(rows, ({ features }) => (features[i] ?? 0) * (features[j] ?? 0)) + (i === j ? RIDGE : 0),
    ),
  );
  const steps = solveLinear(matrix, right);
  const weights = COMPLEXITY_FEATURES.map((name, at) => {
    const weight = (prior[at] ?? 0) + (steps[at] ?? 0);
    return [name, Math.round(weight * DECIMALS) / DECIMALS];
  });
  return Object.fromEntries(weights) as ComplexityFeatures;
};
