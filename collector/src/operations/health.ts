/** What a collector depends on, each with `null` where it is in order and otherwise the reason why it is not. */
export type Checks = {
  /** Set once the collector is told to end. */
  readonly collector: string | null;
  /** Whether telemetry can be written to disk. */
  readonly log: string | null;
  /** Whether ClickHouse answers and takes what it is sent. */
  readonly clickhouse: string | null;
};

/** Asks for all of them. Must not reject. */
export type Health = () => Promise<Checks>;

/** What GET /readyz answers. */
export type Readiness = {
  readonly status: 'ready' | 'not-ready';
  /** The first thing that is not in order. */
  readonly reason?: string;
  /** `ok` or the reason. */
  readonly checks: Readonly<Record<keyof Checks, string>>;
};

/** Sums up the checks. */
export const toReadiness = (checks: Checks): Readiness => {
  const { collector, log, clickhouse } = checks;
  const reason = collector ?? log ?? clickhouse;
  return {
    status: reason === null ? 'ready' : 'not-ready',
    ...(reason !== null && { reason }),
    checks: { collector: collector ?? 'ok', log: log ?? 'ok', clickhouse: clickhouse ?? 'ok' },
  };
};
