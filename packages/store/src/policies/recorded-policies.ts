import { integer, nullable, text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';
import type { StoredPolicy } from './policy-by-version.js';

/** A recorded version of a policy in a list, and what was decided by it. Times are ISO 8601 in UTC. */
export type PolicySummary = Omit<StoredPolicy, 'document'> & {
  /** Decisions that are still stored, of all tenants. */
  decisions: number;
  /** `null` when there is none. */
  lastDecisionAt: string | null;
};

/** All recorded policies, the newest first. */
export const recordedPolicies: NamedQuery<Record<string, never>, PolicySummary> = {
  name: 'recordedPolicies',
  sql: `
    SELECT
      p.version AS version,
      p.name AS name,
      p.recorded_by AS recordedBy,
      p.recorded_at AS recordedAt,
      ifNull(d.decisions, 0) AS decisions,
      d.last_at AS lastDecisionAt
    FROM policies AS p
    LEFT JOIN
    (
      SELECT toString(policy_version) AS version, toNullable(count()) AS decisions, toNullable(max(timestamp)) AS last_at
      FROM decisions
      GROUP BY version
    ) AS d USING (version)
    ORDER BY recordedAt DESC, version`,
  bind: () => ({}),
  decode: {
    version: text,
    name: text,
    recordedBy: text,
    recordedAt: text,
    decisions: integer,
    lastDecisionAt: nullable(text),
  },
  limits: { maxExecutionSeconds: 60 },
};
