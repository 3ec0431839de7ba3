import type { Random } from '@signalbox/spec';
import type { Arrival } from './arrival.js';

// Statistics of the Azure LLM inference trace 2023, code service (8,819 requests in 3,436 s): mean gap 389.65 ms with a
// coefficient of variation of 13.15; log-normal fits of the token counts (mean and deviation of the natural logarithm).
const MEAN_GAP_MS = 389.65;
const GAP_VARIATION = 13.15;
const CONTEXT = { mean: 6.999, deviation: 1.36, min: 3, max: 7437 };
const GENERATED = { mean: 2.788, deviation: 0.847, min: 6, max: 1899 };
/** A viewer of the demo waits no longer than this for the next request. The trace itself pauses up to 217 s. */
const LONGEST_GAP_MS = 20_000;

// Two exponential phases with balanced means that meet the mean and the variation: short gaps within a burst, rare long
// ones between bursts.
const SQUARED = GAP_VARIATION ** 2;
const SHORT_SHARE = (1 + Math.sqrt((SQUARED - 1) / (SQUARED + 1))) / 2;

const drawExponential = (random: Random, mean: number): number => -Math.log(1 - random()) * mean;

const drawGapMs = (random: Random): number => {
  const share = random() < SHORT_SHARE ? SHORT_SHARE : 1 - SHORT_SHARE;
  return Math.min(drawExponential(random, MEAN_GAP_MS / (2 * share)), LONGEST_GAP_MS);
};

const drawTokens = (random: Random, { mean, deviation, min, max }: typeof CONTEXT): number => {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.min(max, Math.max(min, Math.round(Math.exp(mean + deviation * normal))));
};

/** Endless arrivals with the burstiness and the token counts of a production service (statistics above). */
export function* generateArrivals(random: Random): Generator<Arrival, never> {
  for (let atMs = 0; ; atMs += drawGapMs(random)) {
    yield {
      atMs,
      contextTokens: drawTokens(random, CONTEXT),
      generatedTokens: drawTokens(random, GENERATED),
    };
  }
}
