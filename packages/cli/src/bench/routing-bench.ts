import { COMPLEXITY_FEATURES, COMPLEXITY_WEIGHTS, weighFeatures } from '@signalbox/router';
import { createSeededRandom } from '@signalbox/spec';
import type { Output } from '../output/output.js';
import { intervalOf, resample } from '../routing-quality/bootstrap.js';
import { crossValidate, type Scores } from '../routing-quality/cross-validate.js';
import { fitComplexity } from '../routing-quality/fit-complexity.js';
import { apgr, cpt, type Gains, type Ranking, rankByScore } from '../routing-quality/quality-curve.js';
import { type QualitySamples, toSamples } from '../routing-quality/quality-sample.js';
import { bySet, QUALITY_SETS, type QualitySet, readOutcomes } from '../routing-quality/read-outcomes.js';
import { atLeast, type BenchReport, createBenchReport, type Figure, inform } from './bench-report.js';

const SEED = 1;
const REPEATS = 10;
const RESAMPLES = 1000;
const DECIMALS = 10_000;

type BySet<Value> = Readonly<Record<QualitySet, Value>>;
type Rankings = BySet<Ranking>;

const round = (value: number): number => Math.round(value * DECIMALS) / DECIMALS;
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const meanOfSets = (values: BySet<number>): number => mean(Object.values(values));
const rank = (scores: Scores): Rankings => bySet((set) => rankByScore(scores[set]));
const apgrOf = (rankings: Rankings, gains: BySet<Gains>): Record<QualitySet, number> =>
  bySet((set) => apgr(rankings[set], gains[set]));

/** Mean APGR over repeated cross-validation, whose folds are drawn anew each time, and the first of the rankings. */
const validate = (samples: QualitySamples, gains: BySet<Gains>) => {
  const rankings = Array.from({ length: REPEATS }, (_, repeat) =>
    rank(crossValidate(samples, SEED + repeat)),
  );
  const [first = rank(bySet(() => []))] = rankings;
  return { first, apgr: bySet((set) => mean(rankings.map((each) => apgr(each[set], gains[set])))) };
};

/** 95 % intervals over resampled prompts; the difference is taken resample by resample. */
const bootstrap = (model: Rankings, length: Rankings, gains: BySet<Gains>) => {
  const random = createSeededRandom(SEED);
  const runs = Array.from({ length: RESAMPLES }, () => {
    const counts = bySet((set) => resample(gains[set].length, random));
    const measure = (rankings: Rankings) => bySet((set) => apgr(rankings[set], gains[set], counts[set]));
    return { model: measure(model), length: measure(length) };
  });
  return {
    ...bySet((set) => intervalOf(runs.map((run) => run.model[set]))),
    difference: intervalOf(runs.map((run) => meanOfSets(run.model) - meanOfSets(run.length))),
  };
};

const curveFigures = (suffix: string, rankings: Rankings, gains: BySet<Gains>): Figure[] =>
  QUALITY_SETS.flatMap((set) => [
    inform(`apgr_${set}${suffix}`, round(apgr(rankings[set], gains[set])), 'APGR'),
    inform(`cpt50_${set}${suffix}`, round(cpt(rankings[set], gains[set], 0.5)), 'of prompts'),
    inform(`cpt80_${set}${suffix}`, round(cpt(rankings[set], gains[set], 0.8)), 'of prompts'),
  ]);

/** How far the committed weights are from those that this data gives: 0 on the development data. */
const weightDrift = (samples: QualitySamples): number => {
  const fitted = fitComplexity(samples);
  return Math.max(...COMPLEXITY_FEATURES.map((name) => Math.abs(fitted[name] - COMPLEXITY_WEIGHTS[name])));
};

/**
 * `bench routing`: how well the complexity score orders prompts by what a strong model gains over a weak one, beside
 * their length alone and chance. `apgr_*` and `cpt*` are those of the committed weights; `*_cv` are means over ten
 * five-fold cross-validations, in which each prompt is scored by weights that have not seen it. Intervals are of 95 %,
 * over 1,000 resamples of the first of them.
 */
export const benchRouting = async (output: Output, { data }: { data: string }): Promise<BenchReport> => {
  const samples = toSamples(await readOutcomes(data));
  const gains = bySet((set) => samples[set].map(({ gain }) => gain));
  const model = rank(bySet((set) => samples[set].map((s) => weighFeatures(s.features, COMPLEXITY_WEIGHTS))));
  const length = rank(bySet((set) => samples[set].map(({ characters }) => characters)));
  output.note('cross-validating');
  const validated = validate(samples, gains);
  output.note('resampling');
  const intervals = bootstrap(validated.first, length, gains);
  const lengthMean = round(meanOfSets(apgrOf(length, gains)));

  return createBenchReport({
    bench: 'routing',
    reference: {
      name: 'chance, and the length of the prompt alone',
      figures: {
        apgr_random: 0.5,
        cpt50_random: 0.5,
        cpt80_random: 0.8,
        apgr_mean_length: lengthMean,
      },
    },
    figures: [
      ...QUALITY_SETS.map((set) => inform(`prompts_${set}`, samples[set].length, 'prompts')),
      ...curveFigures('', model, gains),
      ...curveFigures('_length', length, gains),
      ...QUALITY_SETS.flatMap((set) => [
        inform(`apgr_${set}_cv`, round(validated.apgr[set]), 'APGR'),
        inform(`apgr_${set}_cv_low`, round(intervals[set].low), 'APGR'),
        inform(`apgr_${set}_cv_high`, round(intervals[set].high), 'APGR'),
      ]),
      atLeast('apgr_mean_cv', round(meanOfSets(validated.apgr)), 'APGR', lengthMean),
      inform('gain_over_length_low', round(intervals.difference.low), 'APGR'),
      inform('gain_over_length_high', round(intervals.difference.high), 'APGR'),
      inform('weight_drift', round(weightDrift(samples)), 'score'),
    ],
  });
};
