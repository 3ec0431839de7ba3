import { expect, it } from 'vitest';
import { createKeyedRandom } from '../random/keyed-random.js';
import { countSimulatedTokens } from './count-simulated-tokens.js';
import { promptOfTokens } from './prompt-of-tokens.js';

it('has exactly four characters for every token', () => {
  const random = createKeyedRandom('lengths');
  for (let seed = 0; seed < 500; seed++) {
    const tokens = Math.floor(random() * 8_000);
    const prompt = promptOfTokens(tokens, seed);
    expect(prompt).toHaveLength(4 * tokens);
    expect(countSimulatedTokens(prompt)).toBe(tokens);
    expect(prompt.trim()).toBe(prompt);
  }
});

it('keeps a task phrase within the size, and cuts it where it is longer', () => {
  const phrase = 'Fix this bug:';
  for (let tokens = 0; tokens < 40; tokens++) {
    const prompt = promptOfTokens(tokens, 'seed', phrase);
    expect(prompt).toHaveLength(4 * tokens);
    expect(prompt.startsWith(phrase.slice(0, 4 * tokens))).toBe(true);
  }
});

it('is the same for the same seed and different for others', () => {
  expect(promptOfTokens(100, 1)).toBe(promptOfTokens(100, 1));
  const prompts = Array.from({ length: 1_000 }, (_, seed) => promptOfTokens(50, seed));
  expect(new Set(prompts).size).toBe(1_000);
});

it('reads as English sentences', () => {
  expect(promptOfTokens(60, 3)).toMatch(/^(The [a-z ]+\. )+The [a-z ]+\.$/);
});

it.each([-1, 1.5, Number.NaN])('refuses %s tokens', (tokens) => {
  expect(() => promptOfTokens(tokens, 1)).toThrow(`A prompt cannot have ${tokens} tokens.`);
});

it.each([
  ['', 0],
  ['a', 1],
  ['abcd', 1],
  ['abcde', 2],
])('counts %j as %i tokens', (text, tokens) => {
  expect(countSimulatedTokens(text)).toBe(tokens);
});
