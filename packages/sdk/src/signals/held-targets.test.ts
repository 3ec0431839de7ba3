import { expect, it } from 'vitest';
import { createHeldTargets } from './held-targets.js';

const REQUEST = { tenant: 'acme', conversationId: 'c-1', userId: 'u-1' };

it.each([
  ['conversation', { ...REQUEST, userId: 'u-2' }, { ...REQUEST, conversationId: 'c-2' }],
  ['user', { ...REQUEST, conversationId: 'c-2' }, { ...REQUEST, userId: 'u-2' }],
] as const)('remembers who served a %s last', (by, same, other) => {
  const held = createHeldTargets({ sticky: { by, hold: true } });
  expect(held.of(REQUEST)).toBeNull();
  held.serve(REQUEST, 'a/x');
  held.serve(REQUEST, 'a/y');
  expect(held.of(same)).toBe('a/y');
  expect(held.of(other)).toBeNull();
  expect(held.of({ ...same, tenant: 'other' })).toBeNull();
});

it.each([
  ['the policy is not sticky', null],
  ['the policy keeps the arm only', { by: 'user', hold: false } as const],
])('remembers nothing when %s', (_, sticky) => {
  const held = createHeldTargets({ sticky });
  held.serve(REQUEST, 'a/x');
  expect(held.of(REQUEST)).toBeNull();
});

it('remembers nothing of requests without the key', () => {
  const held = createHeldTargets({ sticky: { by: 'user', hold: true } });
  const nobody = { ...REQUEST, userId: null };
  held.serve(nobody, 'a/x');
  expect(held.of(nobody)).toBeNull();
});
