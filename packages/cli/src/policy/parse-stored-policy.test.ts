import { compilePolicy } from '@signalbox/router';
import { parseConfig } from '@signalbox/spec';
import { expect, it } from 'vitest';
import { parseStoredPolicy } from './parse-stored-policy.js';

const { policy, targets } = parseConfig({ targets: [{ id: 'openai/a' }] });
const stored = compilePolicy(policy, targets);

it('gives back the policy that was recorded', () => {
  expect(parseStoredPolicy({ version: stored.version, document: JSON.stringify(stored) })).toEqual(stored);
});

it.each([
  ['another content than its version says', JSON.stringify({ ...stored, exploration: 0.5 })],
  ['no targets', JSON.stringify({ version: stored.version })],
])('gives nothing for %s', (_, document) => {
  expect(parseStoredPolicy({ version: stored.version, document })).toBeNull();
});
