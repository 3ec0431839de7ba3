import { compilePolicy } from '@signalbox/router';
import { parseConfig, type SignalboxConfig } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { lintPolicy } from './lint-policy.js';

const PRICED = { id: 'openai/gpt-6-luna', price: { input: 1, output: 6 } };
const UNPRICED = { id: 'mine/llama' };
const AT = new Date('2026-11-21T12:00:00Z');

const lint = (config: SignalboxConfig) => {
  const { policy, targets } = parseConfig(config);
  return lintPolicy(compilePolicy(policy, targets), AT);
};

describe('lintPolicy', () => {
  it.each<[string, SignalboxConfig, string, RegExp]>([
    [
      'a route that can never match',
      { targets: [PRICED], policy: { routes: [{ name: 'all' }, { name: 'sql', patterns: ['select'] }] } },
      'policy.routes[1]',
      /can never match/,
    ],
    [
      'a cost limit that nothing can meet',
      { targets: [PRICED], policy: { limits: { costUsd: 0.000000001 } } },
      'policy.limits.costUsd',
      /less than one token/,
    ],
    [
      'a cost limit without any price',
      { targets: [UNPRICED], policy: { limits: { worstCostUsd: 1 } } },
      'policy.limits.worstCostUsd',
      /no price is known/,
    ],
    [
      'a place where no target is',
      { targets: [PRICED, { ...UNPRICED, residency: ['us'] }], policy: { residency: ['eu'] } },
      'policy.residency',
      /none says that it is in eu/,
    ],
    [
      'a tenant that nothing is left to',
      { targets: [PRICED], policy: { tenants: { acme: { allow: [PRICED.id], deny: [PRICED.id] } } } },
      'policy.tenants.acme',
      /leaves no target/,
    ],
  ])('finds %s', (_, config, path, message) => {
    expect(lint(config).errors).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  it.each<[string, SignalboxConfig]>([
    ['a policy of defaults', { targets: [PRICED] }],
    [
      'a limit that one target can meet',
      { targets: [PRICED, UNPRICED], policy: { limits: { costUsd: 0.01 } } },
    ],
    [
      'a place where one target is',
      { targets: [PRICED, { ...UNPRICED, residency: ['eu'] }], policy: { residency: ['eu'] } },
    ],
    ['no targets at all', { policy: { limits: { costUsd: 0.01 }, residency: ['eu'] } }],
  ])('has nothing against %s', (_, config) => {
    expect(lint(config).errors).toEqual([]);
  });

  it('warns of models that retire and of prices that are not known', () => {
    const { warnings } = lint({ targets: [PRICED, { ...PRICED, id: 'openai/gpt-5-mini' }, UNPRICED] });
    expect(warnings).toEqual([
      { path: 'targets[1]', message: expect.stringContaining('switched off on 2026-12-11') },
      { path: 'targets[2]', message: expect.stringContaining('no known price') },
    ]);
  });
});
