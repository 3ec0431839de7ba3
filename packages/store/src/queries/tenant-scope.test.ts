import { expect, expectTypeOf, it } from 'vitest';
import * as store from '../index.js';
import type { NamedQuery } from './named-query.js';
import { bindTenant, type OfTenant } from './tenant-scope.js';

type Exported = typeof store;
/** The name of each query that this package exports whose parameters do not say a tenant. */
type WithoutTenant = {
  [Name in keyof Exported]: Exported[Name] extends NamedQuery<infer Params, infer _Row>
    ? Params extends OfTenant
      ? never
      : Name
    : never;
}[keyof Exported];

const QUERIES = Object.values<unknown>(store).filter(
  (exported): exported is NamedQuery<never, unknown> =>
    typeof exported === 'object' && exported !== null && 'sql' in exported,
);

it('is a parameter of every query', () => {
  expectTypeOf<WithoutTenant>().toBeNever();
  const without = QUERIES.filter(({ sql }) => !sql.includes('{tenant:Nullable(String)}'));
  expect(without.map(({ name }) => name)).toEqual([]);
});

it('is not left out: that does not compile, and is refused', () => {
  // @ts-expect-error A tenant is missing.
  const ofNobody = () => store.decisionById.bind({ decisionId: '1' });
  expect(ofNobody).toThrow(/needs the tenant whose rows it reads/);
  // @ts-expect-error No tenant is not all tenants.
  expect(() => store.decisionById.bind({ decisionId: '1', tenant: null })).toThrow(TypeError);
});

it.each([
  ['a name', 'acme', 'acme'],
  ['the requests that named none', '', ''],
  ['all tenants', store.ALL_TENANTS, null],
] as const)('is bound for %s', (_, tenant, bound) => {
  expect(bindTenant({ tenant })).toEqual({ tenant: bound });
});
