import { ConfigUnreadableError } from '@signalbox/spec';
import { expect, it } from 'vitest';
import { messageOf } from './message-of.js';

const LONG = 'a'.repeat(7000);

it.each([
  ['a short message of another', new Error('no such column'), 'no such column'],
  [
    'a long message of ours',
    new ConfigUnreadableError({ file: 'f', reason: LONG }),
    `Cannot read the configuration f: ${LONG}`,
  ],
  ['what is no error', 'stop', 'stop'],
])('gives %s whole', (_what, error, message) => {
  expect(messageOf(error)).toBe(message);
});

it('cuts a long message of another, and says how to see all of it', () => {
  expect(messageOf(new Error(LONG))).toMatch(/^a{1000}… \(--verbose shows all of it\)$/);
});
