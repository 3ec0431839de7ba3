import type { DecisionRange } from './decision-range.js';
import { bindRollupRange } from './rollup-range.js';
import { ofTenant } from './tenant-scope.js';

const SEVEN_DAYS_MS = 7 * 86_400_000;

/** Placeholder values for the SQL of `USER_ROLLUP_RANGE`. @throws RangeError when `from` is not before `to`. */
export function bindUserRollupRange({ tenant, from, to }: DecisionRange) {
  const step = to.getTime() - from.getTime() <= SEVEN_DAYS_MS ? '1h' : '1d';
  const range = bindRollupRange({ tenant, from, to, step });
  return { tenant: range.tenant, from: range.from, to: range.to, rollup: `rollup_user_${step}` };
}

/** SQL that reads the buckets of a range, hours up to 7 days and days beyond; values come from `bindUserRollupRange`. */
export const USER_ROLLUP_RANGE = `FROM {rollup:Identifier} AS r
    WHERE ${ofTenant('r.tenant')} AND r.bucket >= {from:DateTime('UTC')} AND r.bucket < {to:DateTime('UTC')}`;
