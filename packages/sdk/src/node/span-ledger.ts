/** What became of the sampled spans of this process. `spansEnded` is the sum of the other three, at any moment. */
export type SpanStats = {
  spansEnded: number;
  /** Spans that the collector answered for with success. */
  spansAccepted: number;
  /** Spans that will not be sent again: the queue was full, the collector refused them, or the time for retries ran out. */
  spansLost: number;
  /** Spans that wait in the queue or are being sent. */
  spansPending: number;
};

/** The account of spans. Every span that is entered by `end` leaves by `accept` or `lose`, once. */
export interface SpanLedger {
  end(): void;
  accept(spans: number): void;
  lose(spans: number): void;
  pending(): number;
  stats(): SpanStats;
  /** Resolves as soon as nothing is pending. */
  settled(): Promise<void>;
}

export const createSpanLedger = (): SpanLedger => {
  let ended = 0;
  let accepted = 0;
  let lost = 0;
  let waiters: (() => void)[] = [];

  const pending = () => ended - accepted - lost;
  const wake = () => {
    if (pending() > 0) return;
    for (const resolve of waiters) resolve();
    waiters = [];
  };

  return {
    end: () => {
      ended += 1;
    },
    accept: (spans) => {
      accepted += spans;
      wake();
    },
    lose: (spans) => {
      lost += spans;
      wake();
    },
    pending,
    stats: () => ({ spansEnded: ended, spansAccepted: accepted, spansLost: lost, spansPending: pending() }),
    settled: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiters.push(resolve);
      wake();
      return promise;
    },
  };
};
