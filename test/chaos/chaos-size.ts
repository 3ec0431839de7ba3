/** How much of everything the suite does: a minute as part of `npm test`, twenty as `pnpm test:chaos`. */
export type ChaosSize = {
  readonly isFull: boolean;
  /** Kills of ClickHouse under load. Below about 300 a design that loses rows at one kill in a hundred may pass. */
  readonly clickHouseKills: number;
  /** Kills of the collector at random moments under load. */
  readonly collectorKills: number;
  /** Kills of both at once. */
  readonly pairKills: number;
  readonly outageMs: number;
  readonly pauseMs: number;
  readonly lostAnswersMs: number;
};

const isFull = process.env.SIGNALBOX_CHAOS === 'full';

const count = (variable: string, full: number, short: number): number =>
  Number(process.env[variable] ?? (isFull ? full : short));

/** Read from the environment; `SIGNALBOX_CHAOS=full` for all of it. */
export const CHAOS: ChaosSize = {
  isFull,
  clickHouseKills: count('SIGNALBOX_CHAOS_CLICKHOUSE_KILLS', 300, 4),
  collectorKills: count('SIGNALBOX_CHAOS_COLLECTOR_KILLS', 50, 2),
  pairKills: count('SIGNALBOX_CHAOS_PAIR_KILLS', 20, 2),
  outageMs: count('SIGNALBOX_CHAOS_OUTAGE_MS', 120_000, 2_000),
  pauseMs: count('SIGNALBOX_CHAOS_PAUSE_MS', 30_000, 3_000),
  lostAnswersMs: count('SIGNALBOX_CHAOS_LOST_ANSWERS_MS', 10_000, 1_000),
};
