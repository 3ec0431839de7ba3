import type { Policy } from '@signalbox/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routeSpan } from '../__fixtures__/spans.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { migrate } from '../migrations/migrate.js';
import { ALL_TENANTS, type TenantScope } from '../queries/tenant-scope.js';
import { recordPolicy } from './record-policy.js';
import { recordedPolicies } from './recorded-policies.js';
import { recordedVersions } from './recorded-versions.js';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());

const policyOf = (version: string, given: Partial<Policy> = {}): Policy =>
  ({ name: 'default', version, routes: [], targets: [], ...given }) as unknown as Policy;

const stored = (digits: string) => recordedVersions(test.store, digits);

describe('recordPolicy', () => {
  it('keeps the policy, and who recorded it first', async () => {
    const policy = policyOf('aa00', { name: 'é "quoted" \\ 日本' });
    expect(await recordPolicy(test.store, policy, 'ada')).toEqual({ version: 'aa00', added: true });
    expect(await recordPolicy(test.store, policy, 'bob')).toEqual({ version: 'aa00', added: false });
    const [only, ...others] = await stored('aa00');
    expect(others).toEqual([]);
    expect(only).toMatchObject({ version: 'aa00', name: 'é "quoted" \\ 日本', recordedBy: 'ada' });
    expect(JSON.parse(only?.document ?? '')).toEqual(policy);
    expect(Date.parse(only?.recordedAt ?? '')).toBeGreaterThan(0);
  });

  it('takes a policy of a thousand targets', async () => {
    const targets = Array.from({ length: 1000 }, (_, at) => ({
      id: `provider/model-${at}`,
      note: '"'.repeat(50),
    }));
    const policy = policyOf('bb00', { targets: targets as unknown as Policy['targets'] });
    await recordPolicy(test.store, policy, 'ada');
    const [only] = await stored('bb00');
    expect(JSON.parse(only?.document ?? '')).toEqual(policy);
  });

  it('refuses one that is beyond all use', async () => {
    await expect(
      recordPolicy(test.store, policyOf('cc00', { name: 'x'.repeat(300_000) }), 'ada'),
    ).rejects.toThrow(RangeError);
    expect(await stored('cc00')).toEqual([]);
  });
});

describe('recordedVersions', () => {
  it('finds a version by its first digits, and shows when they are not enough', async () => {
    for (const version of ['dd01', 'dd02', 'dd03']) await recordPolicy(test.store, policyOf(version), 'ada');
    expect((await stored('dd01')).map(({ version }) => version)).toEqual(['dd01']);
    expect(await stored('dd0')).toHaveLength(2);
    expect(await stored('dd9')).toEqual([]);
  });
});

describe('recordedPolicies', () => {
  it('lists every version with the decisions of a tenant', async () => {
    await recordPolicy(test.store, policyOf('ee01'), 'ada');
    await recordPolicy(test.store, policyOf('ee02'), 'ada');
    await test.store.insert('otel_traces', [
      routeSpan({ SpanAttributes: { ...routeSpan().SpanAttributes, 'signalbox.policy.version': 'ee01' } }),
    ]);
    const listed = async (tenant: TenantScope) =>
      (await test.store.query(recordedPolicies, { tenant })).filter(({ version }) =>
        version.startsWith('ee'),
      );
    const unused = expect.objectContaining({ version: 'ee02', decisions: 0, lastDecisionAt: null });
    const used = expect.objectContaining({
      version: 'ee01',
      decisions: 1,
      lastDecisionAt: expect.any(String),
    });
    expect(await listed(ALL_TENANTS)).toEqual([unused, used]);
    expect(await listed('acme')).toEqual([unused, used]);
    expect(await listed('other')).toMatchObject([{ decisions: 0 }, { decisions: 0 }]);
  });
});
