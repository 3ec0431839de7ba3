import { z } from 'zod';
import { tags, targetIds } from './schema-parts.js';

/** One entry of `policy.tenants` in the configuration. */
export const tenantRuleSchema = z.strictObject({
  allow: targetIds.describe('If not empty, only these target ids'),
  deny: targetIds.describe('Never these target ids'),
  residency: tags.describe('Places, beside those of the policy'),
});
