import { expect, it } from 'vitest';
import { toLowerCase } from './to-lower-case.js';

it.each([
  ['Grüße AUS ÜBERALL', 'grüße aus überall'],
  ['İSTANBUL', 'istanbul'],
  ['\ud800A\udc00', '\ud800a\udc00'],
])('gives %j as %j', (text, expected) => {
  expect(toLowerCase(text)).toBe(expected);
});

it('keeps the length of every character there is', () => {
  const longer: string[] = [];
  for (let code = 0; code <= 0x10_ffff; code += 1) {
    const character = String.fromCodePoint(code);
    if (toLowerCase(character).length !== character.length) longer.push(character);
  }
  expect(longer).toEqual([]);
});
