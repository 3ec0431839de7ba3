import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { COMPLEXITY_WEIGHTS, weighFeatures } from '@signalbox/router';
import { createSeededRandom } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { crossValidate } from './cross-validate.js';
import { fitComplexity } from './fit-complexity.js';
import { apgr, rankByScore } from './quality-curve.js';
import { type QualitySample, toSamples } from './quality-sample.js';
import { bySet, readOutcomes } from './read-outcomes.js';

const data = join(
  process.env.SIGNALBOX_DATA_DIR ?? join(import.meta.dirname, '../../../../../shared/data'),
  'routellm/dev',
);
const absent = !existsSync(data);

/** Samples whose gain depends on the features by `gainOf`, and on chance. */
const drawSamples = (gainOf: (sample: { length: number; numerals: number }) => number): QualitySample[] => {
  const random = createSeededRandom(7);
  return Array.from({ length: 2000 }, () => {
    const [length, numerals] = [random(), random()];
    const features = { length, names: random(), numerals, compound: 0, givenText: 0, hardWork: 0 };
    return { features, characters: length, gain: random() < gainOf({ length, numerals }) ? 1 : 0 };
  });
};

describe('fitComplexity', () => {
  it('finds what a gain depends on', () => {
    const samples = drawSamples(({ length, numerals }) => 0.3 + 0.4 * length - 0.3 * numerals);
    const weights = fitComplexity({ mmlu: samples, gsm8k: samples });
    expect(weights.length).toBeGreaterThan(0.4);
    expect(weights.numerals).toBeLessThan(-0.2);
    expect(Math.abs(weights.names)).toBeLessThan(0.15);
  });

  it('keeps a weight that the data say nothing about where it was set', () => {
    const samples = drawSamples(() => 0.5);
    expect(fitComplexity({ mmlu: samples, gsm8k: samples }).hardWork).toBe(0.4);
  });

  it('pays no heed to how hard a benchmark is as a whole', () => {
    const samples = drawSamples(({ length }) => 0.2 + 0.3 * length);
    const harder = samples.map((sample) => ({ ...sample, gain: sample.gain + 5 }));
    expect(fitComplexity({ mmlu: samples, gsm8k: harder })).toEqual(
      fitComplexity({ mmlu: samples, gsm8k: samples }),
    );
  });

  it.skipIf(absent)(`gives the weights of the router${absent ? ` (skipped: no ${data})` : ''}`, async () => {
    expect(fitComplexity(toSamples(await readOutcomes(data)))).toEqual(COMPLEXITY_WEIGHTS);
  });
});

describe('crossValidate', () => {
  it('scores no sample by weights that have seen it', () => {
    // Pure noise: whoever fitted the sample itself would order it better than chance.
    const samples = drawSamples(() => 0.5);
    const scores = crossValidate({ mmlu: samples, gsm8k: samples }, 1);
    const gains = samples.map(({ gain }) => gain);
    expect(apgr(rankByScore(scores.mmlu), gains)).toBeLessThan(0.52);
  });

  it.skipIf(absent)(
    `orders unseen prompts better than their length does${absent ? ` (skipped: no ${data})` : ''}`,
    async () => {
      const samples = toSamples(await readOutcomes(data));
      const scores = crossValidate(samples, 1);
      const measure = (of: typeof scores) => {
        const { mmlu, gsm8k } = bySet((set) =>
          apgr(
            rankByScore(of[set]),
            samples[set].map(({ gain }) => gain),
          ),
        );
        return (mmlu + gsm8k) / 2;
      };
      const length = bySet((set) => samples[set].map(({ characters }) => characters));
      expect(measure(scores)).toBeGreaterThan(measure(length));
    },
  );
});

it('scores by the weights, cut to 0..1', () => {
  const none = { length: 0, names: 0, numerals: 0, compound: 0, givenText: 0, hardWork: 0 };
  expect(weighFeatures({ ...none, numerals: 1 }, COMPLEXITY_WEIGHTS)).toBe(0);
  expect(weighFeatures({ ...none, length: 1, names: 1, compound: 1 }, COMPLEXITY_WEIGHTS)).toBe(1);
});
