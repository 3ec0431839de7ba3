import { ERASABLE_TABLES, IMPERSONAL_TABLES } from '../erasure/erasable-tables.js';
import { quoteText } from './quote-text.js';

/**
 * By table, the condition under which readers of these tenants see a row. Where a row does not say its tenant, nobody
 * but an unrestricted user sees it: spans and log records of other libraries, unless their resource names the tenant,
 * and the tables that are about no tenant. Views follow their tables.
 */
export function tenantRowFilters(tenants: readonly string[]): Record<string, string> {
  const list = tenants.map(quoteText).join(', ');
  const hidden = Object.keys(IMPERSONAL_TABLES).map((table) => [table, '0']);
  const filtered = ERASABLE_TABLES.map(({ name, tenant }) => [name, tenant ? `${tenant} IN (${list})` : '0']);
  return Object.fromEntries([...hidden, ...filtered]);
}
