import type { NamedQuery } from './named-query.js';

/**
 * Every tenant: for operators, and for what runs on one's own machine. A symbol, so that nothing that comes from outside
 * (a parameter of a request, a value in JSON) can mean it.
 */
export const ALL_TENANTS: unique symbol = Symbol('all tenants');

/** Whose rows are read: those of one tenant (empty: of the requests that named none), or everybody's. */
export type TenantScope = string | typeof ALL_TENANTS;

/** What the parameters of every query have that the product reads. */
export type OfTenant = { tenant: TenantScope };

/** A query that the product reads: one that does not say whose rows it reads does not compile. */
export type TenantQuery<Params extends OfTenant, Row> = NamedQuery<Params, Row>;

/** SQL: the row is of the tenants that are meant. `column` has its tenant; the placeholder comes from `bindTenant`. */
export const ofTenant = (column: string): string =>
  `({tenant:Nullable(String)} IS NULL OR ${column} = {tenant:Nullable(String)})`;

/** The value of the placeholder of `ofTenant`. @throws TypeError for a tenant that is missing after all. */
export function bindTenant({ tenant }: OfTenant): { tenant: string | null } {
  if (tenant === ALL_TENANTS) return { tenant: null };
  if (typeof tenant !== 'string') {
    throw new TypeError('A query needs the tenant whose rows it reads. Pass its name, or ALL_TENANTS.');
  }
  return { tenant };
}
