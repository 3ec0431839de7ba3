import { createSeededRandom } from '@signalbox/spec';
import type { Arrival } from './arrival.js';
import { generateArrivals } from './generate-arrivals.js';
import { limitArrivals } from './limit-arrivals.js';
import { readArrivalTrace } from './read-arrival-trace.js';

/** The load that the options of `demo` and `traffic` describe: a recorded trace, or generated arrivals; then cut. */
export const chooseArrivals = ({
  trace,
  seed,
  requests,
  duration,
}: {
  trace?: string;
  seed: number;
  requests?: number;
  duration?: number;
}): AsyncIterable<Arrival> =>
  limitArrivals(trace === undefined ? generateArrivals(createSeededRandom(seed)) : readArrivalTrace(trace), {
    ...(requests !== undefined && { requests }),
    ...(duration !== undefined && { durationMs: duration }),
  });
