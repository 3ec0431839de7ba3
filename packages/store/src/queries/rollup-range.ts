import { endOfBuckets, type RollupStep, startOfBucket } from '../rollups/rollup-step.js';
import { bindTenant, type OfTenant, ofTenant } from './tenant-scope.js';

/** Which part of the rollups a query reads. */
export type RollupRange = OfTenant & {
  from: Date;
  /** Exclusive. */
  to: Date;
  /**
   * Buckets that are read; all that overlap the range count whole. Default: minutes up to 6 hours, hours up to 7 days,
   * days beyond.
   */
  step?: RollupStep;
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Placeholder values for the SQL of `ROLLUP_RANGE`. @throws RangeError when `from` is not before `to`. */
export function bindRollupRange({ from, to, step = defaultStep(from, to), ...of }: RollupRange) {
  if (!(from < to)) throw new RangeError('The range is empty: `from` must be before `to`.');
  return {
    rollup: `rollup_${step}`,
    ...bindTenant(of),
    from: startOfBucket(step, from),
    to: endOfBuckets(step, to),
  };
}

function defaultStep(from: Date, to: Date): RollupStep {
  const length = to.getTime() - from.getTime();
  if (length <= 6 * HOUR) return '1m';
  return length <= 7 * DAY ? '1h' : '1d';
}

/** SQL that reads the buckets of a range; the placeholders come from `bindRollupRange`. */
export const ROLLUP_RANGE = `FROM {rollup:Identifier} AS r
    WHERE ${ofTenant('r.tenant')} AND r.bucket >= {from:DateTime('UTC')} AND r.bucket < {to:DateTime('UTC')}`;
