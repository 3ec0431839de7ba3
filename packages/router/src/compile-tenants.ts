import type { Policy, TenantRule } from '@signalbox/spec';

/** The rule of a tenant with its lists prepared for look-up. `allow` is `null` where all targets are allowed. */
export type CompiledTenantRule = {
  allow: ReadonlySet<string> | null;
  deny: ReadonlySet<string>;
  residency: readonly string[];
};

const compiled = new WeakMap<Policy, ReadonlyMap<string, CompiledTenantRule>>();

/** The rules of a policy by tenant. Derived on first use and kept with the policy object, which stays plain data. */
export const compileTenants = (policy: Policy): ReadonlyMap<string, CompiledTenantRule> => {
  const known = compiled.get(policy);
  if (known) return known;
  const rules = Object.entries(policy.tenants).map(([tenant, rule]) => [tenant, compileRule(rule)] as const);
  const fresh = new Map(rules);
  compiled.set(policy, fresh);
  return fresh;
};

const compileRule = ({ allow, deny, residency }: TenantRule): CompiledTenantRule => ({
  allow: allow.length > 0 ? new Set(allow) : null,
  deny: new Set(deny),
  residency,
});
