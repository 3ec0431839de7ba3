import { expect, it } from 'vitest';
import { estimateTokens } from './estimate-tokens.js';

it.each([
  ['an empty text', '', 0],
  ['a short word', 'hi', 1],
  ['four characters', 'word', 1],
  ['five characters, rounded up', 'words', 2],
  ['Chinese, one per character', '今天天气', 4],
  ['Korean, one per syllable', '안녕하세요', 5],
  ['a mixture', 'good morning 今天', 6],
])('estimates %s', (_, text, tokens) => {
  expect(estimateTokens(text)).toBe(tokens);
});

it('estimates a text of ten million characters from a part of it', () => {
  expect(estimateTokens('word '.repeat(2_000_000))).toBe(2_500_000);
});

it('sees the share of Chinese throughout a long text', () => {
  const tokens = estimateTokens('a'.repeat(50_000) + '字'.repeat(50_000));
  expect(tokens).toBeGreaterThan(62_000);
  expect(tokens).toBeLessThan(63_000);
});
