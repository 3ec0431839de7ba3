import { parseConfig } from '@signalbox/spec';
import { expect, it } from 'vitest';
import { compilePolicy, policyVersion } from './compile-policy.js';

const config = (name = 'default', price = 1) =>
  parseConfig({
    targets: [{ id: 'openai/a', price: { input: price, output: 2 } }, { id: 'openai/b' }],
    policy: { name, routes: [{ name: 'sql', patterns: ['warehouse'], prefer: ['openai/b'] }] },
  });

const compile = ({ policy, targets }: ReturnType<typeof config>) => compilePolicy(policy, targets);

const reverseKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reverseKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reverseKeys(inner)]),
  );
};

it('adds the targets and a version of 16 hex digits', () => {
  const { policy, targets } = config();
  const compiled = compilePolicy(policy, targets);
  expect(compiled).toEqual({ ...policy, targets, version: expect.stringMatching(/^[0-9a-f]{16}$/) });
});

it('gives the same version whatever the order of keys', () => {
  const reversed = reverseKeys(config()) as ReturnType<typeof config>;
  expect(Object.keys(reversed.policy)).not.toEqual(Object.keys(config().policy));
  expect(compile(reversed).version).toBe(compile(config()).version);
});

it('gives another version for another name, another price and another order of targets', () => {
  const { policy, targets } = config();
  const versions = [
    compile(config()),
    compile(config('other')),
    compile(config('default', 3)),
    compilePolicy(policy, targets.toReversed()),
  ].map(({ version }) => version);
  expect(new Set(versions).size).toBe(4);
});

it('survives a round trip through JSON', () => {
  const compiled = compile(config());
  expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled);
});

it('gives a policy that is compiled again the version that it had', () => {
  const compiled = compile(config());
  expect(compilePolicy(compiled, compiled.targets)).toEqual(compiled);
});

it('gives the version of what is no longer decided by here, and another where a field is missing', () => {
  const compiled = { ...compile(config()), strategy: 'mine', strategies: { mine: { code: '1' } } };
  expect(policyVersion(compiled)).toMatch(/^[0-9a-f]{16}$/);
  const { sticky, ...rest } = compiled;
  expect(sticky).toBeNull();
  expect(policyVersion(JSON.parse(JSON.stringify({ ...rest, sticky })))).toBe(policyVersion(compiled));
  const { arms, ...armless } = compiled;
  expect(arms).toEqual([]);
  expect(policyVersion(armless as typeof compiled)).not.toBe(policyVersion(compiled));
});

it('refuses patterns that cannot be used, each with its path', () => {
  const { policy, targets } = config();
  const [route] = policy.routes;
  if (!route) throw new Error('The configuration has no route.');
  const broken = { ...policy, routes: [route, { ...route, patterns: ['ok', '/(a/', ' '] }] };
  expect(() => compilePolicy(broken, targets)).toThrow(
    expect.objectContaining({
      code: 'config-invalid',
      issues: [
        { path: 'policy.routes[1].patterns[1]', message: expect.stringContaining('missing closing )') },
        { path: 'policy.routes[1].patterns[2]', message: expect.stringContaining('is blank') },
      ],
    }),
  );
});
