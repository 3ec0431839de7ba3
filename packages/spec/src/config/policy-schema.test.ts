import { describe, expect, it } from 'vitest';
import { ConfigInvalidError } from '../errors/config-invalid-error.js';
import { parseConfig } from './parse-config.js';

const targets = [{ id: 'openai/a' }, { id: 'openai/b' }];
const arm = (name: string, share: number) => ({ name, share, targets: ['openai/a'] });

const issuesOf = (policy: unknown) => {
  try {
    parseConfig({ targets, policy });
  } catch (error) {
    if (error instanceof ConfigInvalidError) return error.issues;
    throw error;
  }
  return [];
};

describe('policy', () => {
  it('leaves nothing to chance and lets everybody use everything by default', () => {
    expect(parseConfig({}).policy).toMatchObject({
      strategies: {},
      distribution: { kind: 'greedy' },
      arms: [],
      sticky: null,
      overrides: 'allow',
      residency: [],
      tenants: {},
      limits: { costNanoUsd: null, worstCostNanoUsd: null, costPer1MTokensNanoUsd: null, latencyMs: null },
    });
  });

  it.each<[string, unknown]>([
    ['a strategy of weights', { strategy: 'thrifty', strategies: { thrifty: { weights: { cost: 2 } } } }],
    ['a strategy in code', { strategy: 'mine', strategies: { mine: { code: '3' } } }],
    ['three thirds', { arms: ['x', 'y', 'z'].map((name) => arm(name, 1 / 3)) }],
    ['a shadow beside a full split', { arms: [arm('x', 1), { ...arm('y', 1), shadow: true }] }],
    ['softmax with its default', { distribution: { kind: 'softmax' } }],
    ['a tenant', { tenants: { acme: { deny: ['openai/b'], residency: ['eu'] } } }],
  ])('takes %s', (_, policy) => {
    expect(issuesOf(policy)).toEqual([]);
  });

  it.each<[string, unknown, string, string]>([
    [
      'an unknown strategy',
      { strategy: 'best' },
      'policy.strategy',
      '"best" is not a strategy. Strategies: cost-optimal,',
    ],
    [
      'an unknown strategy of a route',
      { routes: [{ name: 'r', strategy: 'best' }] },
      'policy.routes[0].strategy',
      'is not a strategy',
    ],
    [
      'a strategy with a built-in name',
      { strategies: { balanced: { weights: { cost: 1 } } } },
      'policy.strategies.balanced',
      'built-in',
    ],
    [
      'a strategy without a weight',
      { strategies: { mine: { weights: { cost: 0 } } } },
      'policy.strategies.mine.weights',
      'needs a weight above 0',
    ],
    ['arms of more than everything', { arms: [arm('x', 0.7), arm('y', 0.4)] }, 'policy.arms', 'more than 1'],
    [
      'two arms of one name',
      { arms: [arm('x', 0.1), arm('x', 0.1)] },
      'policy.arms[1].name',
      'already taken',
    ],
    [
      'an arm without targets',
      { arms: [{ name: 'x', share: 0.1 }] },
      'policy.arms[0].targets',
      'at least one',
    ],
    [
      'an arm of an unknown target',
      { arms: [{ ...arm('x', 0.1), targets: ['openai/c'] }] },
      'policy.arms[0].targets[0]',
      'is not a target',
    ],
    [
      'a tenant with an unknown target',
      { tenants: { acme: { allow: ['openai/c'] } } },
      'policy.tenants.acme.allow[0]',
      'is not a target',
    ],
  ])('names the path of %s', (_, policy, path, message) => {
    expect(issuesOf(policy)).toContainEqual({ path, message: expect.stringContaining(message) });
  });
});
