import { text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';

/** A recorded version of a policy. `recordedAt` is ISO 8601 in UTC. */
export type StoredPolicy = {
  version: string;
  name: string;
  /** The policy with its targets, as JSON. */
  document: string;
  recordedBy: string;
  recordedAt: string;
};

/** The policies whose version begins with the given digits, at most two: more than one is ambiguous. */
export const policyByVersion: NamedQuery<{ version: string }, StoredPolicy> = {
  name: 'policyByVersion',
  sql: `
    SELECT version, name, document, recorded_by AS recordedBy, recorded_at AS recordedAt
    FROM policies
    WHERE startsWith(version, {version:String})
    ORDER BY version
    LIMIT 2`,
  bind: ({ version }) => ({ version }),
  decode: { version: text, name: text, document: text, recordedBy: text, recordedAt: text },
};
