import { bindDecisionRange, type DecisionRange, inDecisionRange } from '../queries/decision-range.js';
import { text } from '../queries/decoders.js';
import type { TenantQuery } from '../queries/tenant-scope.js';

/** The recorded policies that the decisions of a range were made by, whole. */
export const recordedPoliciesOf: TenantQuery<DecisionRange, { version: string; document: string }> = {
  name: 'recordedPoliciesOf',
  sql: `
    SELECT version, document
    FROM policies
    WHERE version IN (
      SELECT policy_version
      FROM decisions_raw
      WHERE ${inDecisionRange()}
    )`,
  bind: bindDecisionRange,
  decode: { version: text, document: text },
  limits: { maxExecutionSeconds: 120 },
};
