import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Times of one kind of call, in microseconds. */
export type CallTimes = {
  p50Us: number;
  p99Us: number;
  perSecond: number;
  /** The 99th percentile of the round in the middle: how much the machine was disturbed. */
  typicalP99Us: number;
};

type Round = Omit<CallTimes, 'typicalP99Us'>;

const WARM_UP_MS = 500;

const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

const warmUp = (call: (at: number) => unknown): void => {
  const end = performance.now() + WARM_UP_MS;
  for (let at = 0; performance.now() < end; at += 1) call(at);
};

/** One round: every call timed by itself, then as many at a stretch. */
const timeRound = (call: (at: number) => unknown, calls: number): Round => {
  const times = new Float64Array(calls);
  for (let at = 0; at < calls; at += 1) {
    const start = performance.now();
    call(at);
    times[at] = (performance.now() - start) * 1000;
  }
  times.sort();
  const start = performance.now();
  for (let at = 0; at < calls; at += 1) call(at);
  const perSecond = (calls / (performance.now() - start)) * 1000;
  return { p50Us: quantile(times, 0.5), p99Us: quantile(times, 0.99), perSecond };
};

/**
 * Times a synchronous call, warmed up for half a second. Of many short rounds the quietest counts, for each figure by
 * itself, because another process that takes the core away is not part of the call; garbage collection is.
 */
export const timeCalls = (
  call: (at: number) => unknown,
  { rounds, calls }: { rounds: number; calls: number },
): CallTimes => {
  warmUp(call);
  const all = Array.from({ length: rounds }, () => timeRound(call, calls));
  const p99s = Float64Array.from(all, ({ p99Us }) => p99Us).sort();
  return {
    typicalP99Us: quantile(p99s, 0.5),
    p50Us: Math.min(...all.map(({ p50Us }) => p50Us)),
    p99Us: Math.min(...all.map(({ p99Us }) => p99Us)),
    perSecond: Math.max(...all.map(({ perSecond }) => perSecond)),
  };
};

/** Bytes that a call allocates on the heap: what is in use after some calls without a collection between. */
export const allocatedBytes = (call: (at: number) => unknown, calls: number): number => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const samples = Array.from({ length: 9 }, () => {
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let at = 0; at < calls; at += 1) call(at);
    return (process.memoryUsage().heapUsed - before) / calls;
  });
  return samples.sort((a, b) => a - b)[4] ?? Number.NaN;
};
