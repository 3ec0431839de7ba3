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
  /** Only requests of this model (the one that answered, else the chosen one), provider, route. Default: all. */
  model?: string;
  provider?: string;
  route?: string;
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Placeholder values for the SQL of `ROLLUP_RANGE`. @throws RangeError when `from` is not before `to`. */
export function bindRollupRange(range: RollupRange) {
  const { from, to, step = defaultStep(from, to), model = null, provider = null, route = null } = range;
  if (!(from < to)) throw new RangeError('The range is empty: `from` must be before `to`.');
  return {
    rollup: `rollup_${step}`,
    ...bindTenant(range),
    ...{ model, provider, route },
    from: startOfBucket(step, from),
    to: endOfBuckets(step, to),
  };
}

function defaultStep(from: Date, to: Date): RollupStep {
  const length = to.getTime() - from.getTime();
  if (length <= 6 * HOUR) return '1m';
  return length <= 7 * DAY ? '1h' : '1d';
}

const only = (column: string): string =>
  `({${column}:Nullable(String)} IS NULL OR r.${column} = {${column}:Nullable(String)})`;

/** SQL that reads the buckets of a range; the placeholders come from `bindRollupRange`. */
export const ROLLUP_RANGE = `FROM {rollup:Identifier} AS r
    WHERE ${ofTenant('r.tenant')} AND r.bucket >= {from:DateTime('UTC')} AND r.bucket < {to:DateTime('UTC')}
      AND ${['model', 'provider', 'route'].map(only).join(' AND ')}`;
