import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@signalbox/spec';
import { ALL_TENANTS, recordedPolicies } from '@signalbox/store';
import { expect, it, onTestFinished } from 'vitest';
import { withTemporaryStore } from '../bench/temporary-store.js';
import { findPolicy } from './find-policy.js';
import { policyOfConfig } from './policy-of-config.js';
import { recordConfiguredPolicy } from './record-configured-policy.js';

const CONFIG = parseConfig({ targets: [{ id: 'openai/gpt-5', quality: 0.8 }], policy: { name: 'starter' } });

it('finds a recorded policy by its version, with the prices that it was recorded with', () =>
  withTemporaryStore(async (store) => {
    const policy = policyOfConfig(CONFIG);
    expect(await recordConfiguredPolicy(store, CONFIG)).toEqual({ version: policy.version, added: true });
    expect(await recordConfiguredPolicy(store, CONFIG)).toEqual({ version: policy.version, added: false });
    expect(await recordConfiguredPolicy(store, parseConfig({}))).toBeNull();
    expect(await store.query(recordedPolicies, { tenant: ALL_TENANTS })).toMatchObject([
      { name: 'starter', decisions: 0 },
    ]);

    const find = (name: string) => findPolicy(name, (use) => use(store));
    expect(await find(policy.version)).toEqual(policy);
    expect(await find(policy.version.slice(0, 5))).toEqual(policy);
    expect(policy.targets[0]?.price).toMatchObject({ input: 1_250_000_000 });
    await expect(find('00000000')).rejects.toMatchObject({ code: 'unknown-policy' });
  }));

it('compiles the policy of a configuration file, without asking ClickHouse', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-policy-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'signalbox.config.json');
  await writeFile(file, JSON.stringify({ targets: ['openai/gpt-5'] }));
  const policy = await findPolicy(file, () => Promise.reject(new Error('asked')));
  expect(policy.targets).toMatchObject([{ id: 'openai/gpt-5', contextTokens: 400_000 }]);
});
