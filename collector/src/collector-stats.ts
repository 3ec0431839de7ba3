import { SIGNALS, type Signal } from './signal.js';

/** Counters since the start of the collector. Items are spans, data points and log records. */
export type CollectorStats = {
  /** Export requests that were answered, whatever the answer. */
  readonly requests: number;
  /** Of these, answered 4xx: the sender is at fault, or has to slow down. */
  readonly refused: number;
  /** Of these, answered 5xx: the store is at fault. */
  readonly failed: number;
  /** Requests that are being worked on now. */
  readonly inFlight: number;
  /** Items that are in ClickHouse. */
  readonly accepted: Readonly<Record<Signal, number>>;
  /** Items that were refused while the rest of their request was stored. */
  readonly rejected: Readonly<Record<Signal, number>>;
};

/** Where the receiver counts. */
export type StatsRecorder = {
  countStored(signal: Signal, items: { stored: number; rejected: number }): void;
  countAnswer(httpStatus: number): void;
  read(inFlight: number): CollectorStats;
};

/** Starts all counters at 0. */
export const createStatsRecorder = (): StatsRecorder => {
  const answers = { requests: 0, refused: 0, failed: 0 };
  const accepted = zeroPerSignal();
  const rejected = zeroPerSignal();
  return {
    countStored(signal, items) {
      accepted[signal] += items.stored;
      rejected[signal] += items.rejected;
    },
    countAnswer(httpStatus) {
      answers.requests += 1;
      if (httpStatus >= 500) answers.failed += 1;
      else if (httpStatus >= 400) answers.refused += 1;
    },
    read: (inFlight) => ({ ...answers, inFlight, accepted: { ...accepted }, rejected: { ...rejected } }),
  };
};

const zeroPerSignal = (): Record<Signal, number> =>
  Object.fromEntries(SIGNALS.map((signal) => [signal, 0])) as Record<Signal, number>;
