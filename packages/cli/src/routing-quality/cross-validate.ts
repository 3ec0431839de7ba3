import { weighFeatures } from '@signalbox/router';
import { createSeededRandom, type Random } from '@signalbox/spec';
import { fitComplexity } from './fit-complexity.js';
import type { QualitySamples } from './quality-sample.js';
import { bySet, QUALITY_SETS, type QualitySet } from './read-outcomes.js';

const FOLDS = 5;

/** Scores by benchmark, in the order of its samples. */
export type Scores = Readonly<Record<QualitySet, readonly number[]>>;

/** A fold for each of `count` samples: folds of equal size, drawn at random. */
const drawFolds = (count: number, random: Random): number[] => {
  const order = Array.from({ length: count }, (_, position) => ({ position, key: random() }));
  order.sort((a, b) => a.key - b.key);
  const folds = new Array<number>(count).fill(0);
  for (const [rank, { position }] of order.entries()) folds[position] = rank % FOLDS;
  return folds;
};

/** Scores every sample by weights that were fitted on the other four fifths of the samples. */
export const crossValidate = (samples: QualitySamples, seed: number): Scores => {
  const random = createSeededRandom(seed);
  const folds = bySet((set) => drawFolds(samples[set].length, random));
  const scores = bySet((set) => samples[set].map(() => 0));
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const weights = fitComplexity(
      bySet((set) => samples[set].filter((_, position) => folds[set][position] !== fold)),
    );
    for (const set of QUALITY_SETS) {
      for (const [position, { features }] of samples[set].entries())
        if (folds[set][position] === fold) scores[set][position] = weighFeatures(features, weights);
    }
  }
  return scores;
};
