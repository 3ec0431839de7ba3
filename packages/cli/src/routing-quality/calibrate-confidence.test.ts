import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createSeededRandom } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { fitConfidence, tryDecisions } from './calibrate-confidence.js';
import { bySet, type Outcome, readOutcomes } from './read-outcomes.js';

const data = join(
  process.env.SIGNALBOX_DATA_DIR ?? join(import.meta.dirname, '../../../../../shared/data'),
  'routellm/dev',
);
const absent = !existsSync(data);

describe('fitConfidence', () => {
  it('finds the slope that trials were drawn with', () => {
    const random = createSeededRandom(5);
    const trials = Array.from({ length: 20_000 }, () => {
      const margin = random() / 5;
      return { margin, stood: random() < 1 / (1 + Math.exp(-12 * margin)), weight: 1 };
    });
    const slope = fitConfidence(trials);
    expect(slope).toBeGreaterThan(11);
    expect(slope).toBeLessThan(13);
  });
});

describe('tryDecisions', () => {
  it('finds that every choice stands where the quality is the same for all prompts', () => {
    const outcomes = (strong: number): Outcome[] =>
      Array.from({ length: 120 }, (_, at) => ({ prompt: `question ${at}`, weak: 0, strong }));
    const trials = tryDecisions(bySet(() => outcomes(1)));
    expect(trials).toHaveLength(2 * 5 * 120);
    expect(trials.every(({ stood, margin }) => stood && margin >= 0)).toBe(true);
  });

  it.skipIf(absent)(
    `finds on the development data that wide margins stand more often than narrow ones${absent ? ` (skipped: no ${data})` : ''}`,
    async () => {
      const trials = tryDecisions(await readOutcomes(data));
      const standing = (from: number, to: number): number => {
        const within = trials.filter(({ margin }) => margin >= from && margin < to);
        const sum = (of: typeof within) => of.reduce((total, { weight }) => total + weight, 0);
        return sum(within.filter(({ stood }) => stood)) / sum(within);
      };
      expect(standing(0, 0.03)).toBeLessThan(standing(0.06, 0.1));
      expect(standing(0.06, 0.1)).toBeGreaterThan(0.7);
    },
  );
});
