import { DIMENSIONS, MEASURES, USER_DIMENSIONS, USER_MEASURES } from './rollup-columns.js';

/** The length of a rollup's buckets. Minutes, hours and days of UTC; weeks start on Monday. */
export type RollupStep = '1m' | '1h' | '1d' | '1w';

/** A rollup: of all requests, by the length of its buckets, or of the requests of each user. */
export type RollupName = RollupStep | 'user_1h' | 'user_1d';

/** How a rollup is computed and where it is kept. */
export type RollupLevel = {
  step: RollupStep;
  /** Storage: a replacing table of the rows of each bucket. */
  table: string;
  /** ClickHouse function that gives the start of the bucket. */
  startOf: string;
  /** What it is computed from. `time` is the column that says when. */
  source: { table: string; time: string };
  /** SQL of a decision `d`, and of distinct decisions, by column. */
  dimensions: Readonly<Record<string, string>>;
  measures: Readonly<Record<string, string>>;
};

const ALL = {
  dimensions: Object.fromEntries(DIMENSIONS.map((name) => [name, `ifNull(d.${name}, '')`])),
  measures: MEASURES,
};
const BY_USER = { dimensions: USER_DIMENSIONS, measures: USER_MEASURES };
const DECISIONS = { table: 'decisions_raw', time: 'timestamp' };

/** Each rollup is computed from one before it or from the decisions. */
export const ROLLUP_LEVELS: Readonly<Record<RollupName, RollupLevel>> = {
  '1m': { ...level('1m', '1m', DECISIONS), ...ALL },
  '1h': { ...level('1h', '1h', rollup('1m')), ...ALL },
  '1d': { ...level('1d', '1d', rollup('1h')), ...ALL },
  '1w': { ...level('1w', '1w', rollup('1d')), ...ALL },
  user_1h: { ...level('user_1h', '1h', DECISIONS), ...BY_USER },
  user_1d: { ...level('user_1d', '1d', rollup('user_1h')), ...BY_USER },
};

function level(name: RollupName, step: RollupStep, source: RollupLevel['source']) {
  const startOf = { '1m': 'toStartOfMinute', '1h': 'toStartOfHour', '1d': 'toStartOfDay', '1w': 'toMonday' }[
    step
  ];
  return { table: rollup(name).table, step, startOf, source };
}

function rollup(name: RollupName): RollupLevel['source'] {
  return { table: `rollup_${name}_raw`, time: 'bucket' };
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
