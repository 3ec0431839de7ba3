import { SIGNALS, type Signal } from './signal.js';

/** Counters since the start of the collector. Items are spans, data points and log records. */
export type CollectorStats = {
  /** Export requests that were answered, whatever the answer. */
  readonly requests: number;
  /** Of these, answered with a success that an identical request had had before: nothing was added. */
  readonly repeated: number;
  /** Of these, answered 4xx or its like over gRPC: the sender is at fault, or has to slow down. */
  readonly refused: number;
  /** Of these, answered 5xx or its like over gRPC: the log is at fault. */
  readonly failed: number;
  /** Requests that are being worked on now. */
  readonly inFlight: number;
  /** Items that were acknowledged: they are on disk, and are or will be in ClickHouse. */
  readonly accepted: Readonly<Record<Signal, number>>;
  /** Items that were refused while the rest of their request was stored. */
  readonly rejected: Readonly<Record<Signal, number>>;
};

/** Where the receivers count. */
export type StatsRecorder = {
  countStored(signal: Signal, items: { stored: number; rejected: number; isRepeated: boolean }): void;
  countAnswer(httpStatus: number): void;
  read(inFlight: number): CollectorStats;
};

/** Starts all counters at 0. */
export const createStatsRecorder = (): StatsRecorder => {
  const answers = { requests: 0, repeated: 0, refused: 0, failed: 0 };
  const accepted = zeroPerSignal();
  const rejected = zeroPerSignal();
  return {
    countStored(signal, items) {
      if (items.isRepeated) {
        answers.repeated += 1;
        return;
      }
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
