import { compilePolicy } from '@signalbox/router';
import { parseConfig, type SignalboxConfig } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { describeDiff } from './describe-diff.js';
import { diffPolicies } from './diff-policies.js';

const policy = (config: SignalboxConfig) => {
  const { policy: given, targets } = parseConfig(config);
  return compilePolicy(given, targets);
};

const A = { id: 'openai/a', price: { input: 1, output: 2 }, quality: 0.5 };
const B = { id: 'openai/b' };
const SQL = { name: 'sql', patterns: ['select'] };
const MATH = { name: 'math', patterns: ['prove'] };

const diff = (before: SignalboxConfig, after: SignalboxConfig) => diffPolicies(policy(before), policy(after));

describe('diffPolicies', () => {
  it('finds nothing between a policy and itself', () => {
    expect(
      diff({ targets: [A], policy: { routes: [SQL] } }, { targets: [A], policy: { routes: [SQL] } }),
    ).toEqual([]);
  });

  it.each<[string, SignalboxConfig, SignalboxConfig, ReturnType<typeof diffPolicies>]>([
    [
      'a field',
      { targets: [A], policy: { exploration: 0.1 } },
      { targets: [A] },
      [{ path: 'exploration', before: 0.1, after: 0 }],
    ],
    [
      'a field of a target',
      { targets: [A, B] },
      { targets: [{ ...A, price: { input: 1, output: 3 } }, B] },
      [{ path: 'targets[openai/a].price.output', before: 2e9, after: 3e9 }],
    ],
    [
      'a list of words as a whole',
      { policy: { routes: [SQL] } },
      { policy: { routes: [{ ...SQL, patterns: ['select', 'join'] }] } },
      [{ path: 'routes[sql].patterns', before: ['select'], after: ['select', 'join'] }],
    ],
    [
      'a removed target',
      { targets: [A, B] },
      { targets: [A] },
      [{ path: 'targets[openai/b]', before: expect.objectContaining({ id: 'openai/b' }) }],
    ],
    [
      'an added route',
      { policy: { routes: [SQL] } },
      { policy: { routes: [MATH, SQL] } },
      [{ path: 'routes[math]', after: expect.objectContaining({ name: 'math' }) }],
    ],
    [
      'another order',
      { policy: { routes: [SQL, MATH] } },
      { policy: { routes: [MATH, SQL] } },
      [{ path: 'order of routes', before: ['sql', 'math'], after: ['math', 'sql'] }],
    ],
  ])('finds %s', (_, before, after, changes) => {
    expect(diff(before, after)).toEqual(changes);
  });
});

describe('describeDiff', () => {
  it('says in a line each what was added, removed and changed, money in USD', () => {
    const before: SignalboxConfig = { targets: [A, B], policy: { limits: { costUsd: 0.01 } } };
    const after: SignalboxConfig = {
      targets: [
        { ...A, price: { input: 0.5, output: 2 } },
        { id: 'openai/c', quality: 0.7 },
      ],
    };
    expect(describeDiff(diff(before, after)).split('\n')).toEqual([
      '~ limits.costNanoUsd: 0.01 USD -> not set',
      '~ targets[openai/a].price.input: 1 USD per 1M tokens -> 0.5 USD per 1M tokens',
      '- targets[openai/b]: capabilities ["streaming"]',
      '+ targets[openai/c]: capabilities ["streaming"], quality 0.7',
    ]);
  });

  it('says that there is nothing to say', () => {
    expect(describeDiff([])).toBe('The policies are the same.');
  });
});
