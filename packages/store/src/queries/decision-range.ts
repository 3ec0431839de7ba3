import type { StatementParams } from '../connection/statement-params.js';
import { bindTenant, type OfTenant, ofTenant } from './tenant-scope.js';

/** Requests that began in a range of time, exact to the millisecond. */
export type DecisionRange = OfTenant & {
  from: Date;
  /** Exclusive. */
  to: Date;
};

/** SQL: a row began in the range, and is of the tenants that are meant. The placeholders come from `bindDecisionRange`. */
export const inDecisionRange = (row = ''): string => `${ofTenant(`${row}tenant`)}
      AND ${row}timestamp >= {from:DateTime64(3, 'UTC')} AND ${row}timestamp < {to:DateTime64(3, 'UTC')}`;

/** Placeholder values for `inDecisionRange`. @throws RangeError when `from` is not before `to`. */
export function bindDecisionRange({ from, to, tenant }: DecisionRange): StatementParams {
  if (!(from < to)) throw new RangeError('The range is empty: `from` must be before `to`.');
  return { from, to, ...bindTenant({ tenant }) };
}
