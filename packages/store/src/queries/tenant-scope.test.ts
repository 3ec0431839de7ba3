import { expect, expectTypeOf, it } from 'vitest';
import * as store from '../index.js';
import type { NamedQuery } from './named-query.js';
import { bindTenant, type OfTenant } from './tenant-scope.js';

type Exported = typeof store;
/** The parameters of each query that this package exports, by its name. */
type QueryParams = {
  [Name in keyof Exported as Exported[Name] extends NamedQuery<never, infer _Row>
    ? Name
    : never]: Exported[Name] extends NamedQuery<infer Params, infer _Row> ? Params : never;
};

const QUERIES = Object.values<unknown>(store).filter(
  (exported): exported is NamedQuery<never, unknown> =>
    typeof exported === 'object' && exported !== null && 'sql' in exported,
);

it('is a parameter of every query', () => {
  expectTypeOf<QueryParams>().toHaveProperty('decisionById');
  expectTypeOf<QueryParams[keyof QueryParams]>().toExtend<OfTenant>();
  expect(QUERIES.filter(({ sql }) => !sql.includes('{tenant:Nullable(String)}'))).toEqual([]);
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
