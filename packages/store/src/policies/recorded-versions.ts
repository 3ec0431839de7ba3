import type { Store } from '../connection/store.js';
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

const versionsFrom: NamedQuery<{ digits: string }, StoredPolicy> = {
  name: 'recordedVersions',
  sql: `
    SELECT version, name, document, recorded_by AS recordedBy, recorded_at AS recordedAt
    FROM policies
    WHERE startsWith(version, {digits:String})
    ORDER BY version
    LIMIT 2`,
  bind: (params) => params,
  decode: { version: text, name: text, document: text, recordedBy: text, recordedAt: text },
};

/**
 * The recorded policies whose version begins with `digits`, at most two: more than one is ambiguous. Policies belong to no
 * tenant.
 */
export async function recordedVersions(store: Store, digits: string): Promise<StoredPolicy[]> {
  return store.query(versionsFrom, { digits });
}
