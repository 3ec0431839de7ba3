import type { Arrival } from './arrival.js';

/** Cuts a load after `requests` arrivals or `durationMs` of the load's own time; unset means no cut. */
export async function* limitArrivals(
  arrivals: AsyncIterable<Arrival> | Iterable<Arrival>,
  {
    requests = Number.POSITIVE_INFINITY,
    durationMs = Number.POSITIVE_INFINITY,
  }: { requests?: number; durationMs?: number },
): AsyncGenerator<Arrival> {
  let count = 0;
  for await (const arrival of arrivals) {
    if (arrival.atMs > durationMs) return;
    count += 1;
    yield arrival;
    if (count >= requests) return;
  }
}
