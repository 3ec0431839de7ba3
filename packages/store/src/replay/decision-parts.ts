import type { Store } from '../connection/store.js';
import type { CallOptions } from '../connection/with-deadline.js';
import { bindDecisionRange, type DecisionRange, inDecisionRange } from '../queries/decision-range.js';
import { integer } from '../queries/decoders.js';
import type { TenantQuery } from '../queries/tenant-scope.js';

/** A part of a range that fits into memory, with about how many rows it has. */
export type DecisionPart = DecisionRange & { rows: number };

type Minute = { minute: number; rows: number };

const MINUTE_MS = 60_000;

const decisionsByMinute: TenantQuery<DecisionRange, Minute> = {
  name: 'decisionsByMinute',
  sql: `
    SELECT intDiv(toUnixTimestamp(timestamp), 60) AS minute, count() AS rows
    FROM decisions_raw
    WHERE ${inDecisionRange()}
    GROUP BY minute
    ORDER BY minute`,
  bind: bindDecisionRange,
  decode: { minute: integer, rows: integer },
  limits: { maxExecutionSeconds: 120, maxResultRows: 1_000_000 },
};

/**
 * Cuts a range into parts of at least `rowsPerPart` rows, at full minutes: what is read at once, and shared between
 * workers. Minutes without rows are in no part.
 */
export async function decisionParts(
  store: Store,
  range: DecisionRange,
  { rowsPerPart, ...call }: CallOptions & { rowsPerPart: number },
): Promise<DecisionPart[]> {
  const minutes = await store.query(decisionsByMinute, range, call);
  const parts: DecisionPart[] = [];
  let open: DecisionPart | null = null;
  for (const { minute, rows } of minutes) {
    const begin = new Date(Math.max(minute * MINUTE_MS, range.from.getTime()));
    const end = new Date(Math.min((minute + 1) * MINUTE_MS, range.to.getTime()));
    if (open === null) {
      open = { tenant: range.tenant, from: begin, to: end, rows };
      parts.push(open);
    } else {
      open.to = end;
      open.rows += rows;
    }
    if (open.rows >= rowsPerPart) open = null;
  }
  return parts;
}
