import { integer, nullable, text } from '../queries/decoders.js';
import { bindTenant, type OfTenant, ofTenant, type TenantQuery } from '../queries/tenant-scope.js';
import type { StoredPolicy } from './recorded-versions.js';

/** A recorded version of a policy in a list, and what was decided by it. Times are ISO 8601 in UTC. */
export type PolicySummary = Omit<StoredPolicy, 'document'> & {
  /** Decisions that are still stored, of the tenants that were asked for. */
  decisions: number;
  /** `null` when there is none. */
  lastDecisionAt: string | null;
};

/** All recorded policies, the newest first. They belong to no tenant; the decisions that are counted do. */
export const recordedPolicies: TenantQuery<OfTenant, PolicySummary> = {
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
      WHERE ${ofTenant('tenant')}
      GROUP BY version
    ) AS d USING (version)
    ORDER BY recordedAt DESC, version`,
  bind: bindTenant,
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
