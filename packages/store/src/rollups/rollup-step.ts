/** The length of a rollup's buckets. Minutes, hours and days of UTC; weeks start on Monday. */
export type RollupStep = '1m' | '1h' | '1d' | '1w';

/** How a rollup is computed and where it is kept. */
export type RollupLevel = {
  /** Storage: a replacing table of the rows of each bucket. */
  table: string;
  /** ClickHouse function that gives the start of the bucket. */
  startOf: string;
  /** What it is computed from. `time` is the column that says when. */
  source: { table: string; time: string };
};

/** Each rollup is computed from the one before it, the first from the decisions. */
export const ROLLUP_LEVELS: Readonly<Record<RollupStep, RollupLevel>> = {
  '1m': level('rollup_1m_raw', 'toStartOfMinute', 'decisions_raw', 'timestamp'),
  '1h': level('rollup_1h_raw', 'toStartOfHour', 'rollup_1m_raw'),
  '1d': level('rollup_1d_raw', 'toStartOfDay', 'rollup_1h_raw'),
  '1w': level('rollup_1w_raw', 'toMonday', 'rollup_1d_raw'),
};

function level(table: string, startOf: string, source: string, time = 'bucket'): RollupLevel {
  return { table, startOf, source: { table: source, time } };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** 1970 began on a Thursday, so the first Monday was its fifth day. */
const FIRST_MONDAY = 4 * DAY;

const LENGTH: Readonly<Record<RollupStep, number>> = { '1m': MINUTE, '1h': HOUR, '1d': DAY, '1w': WEEK };

/** Start of the bucket that holds this moment. */
export function startOfBucket(step: RollupStep, time: Date): Date {
  const offset = step === '1w' ? FIRST_MONDAY : 0;
  const length = LENGTH[step];
  return new Date(Math.floor((time.getTime() - offset) / length) * length + offset);
}

/** Start of the first bucket that begins at this moment or later. */
export function endOfBuckets(step: RollupStep, time: Date): Date {
  const start = startOfBucket(step, time);
  return start.getTime() === time.getTime() ? start : new Date(start.getTime() + LENGTH[step]);
}
