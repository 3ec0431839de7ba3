import fc from 'fast-check';
import { expect, it } from 'vitest';
import { complexityLevel, scoreComplexity } from './score-complexity.js';

const DESIGN = `Design a distributed rate limiter in TypeScript. Requirements:
1. It must survive the loss of a node, with at least 99.9 % of requests answered.
2. Clocks may drift by up to one second; justify how the algorithm copes, and derive the error bound.
3. It must scale to one million keys; discuss edge cases, concurrency and the trade-offs in detail.
`.repeat(4);

it.each([
  ['', 'simple'],
  ['Hello!', 'simple'],
  ['What is the capital of France?', 'simple'],
  ['Prove step by step that the square root of 2 is irrational.', 'moderate'],
  [DESIGN, 'expert'],
])('rates %j as %s', (prompt, level) => {
  expect(complexityLevel(scoreComplexity(prompt))).toBe(level);
});

it.each([
  [0, 'simple'],
  [0.2, 'moderate'],
  [0.4, 'complex'],
  [0.65, 'expert'],
  [1, 'expert'],
])('puts a score of %d into the band %s', (score, level) => {
  expect(complexityLevel(score)).toBe(level);
});

it('gives 0 to an empty prompt', () => {
  expect(scoreComplexity('')).toBe(0);
});

it('stays within 0 and 1 for any text', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(text, fc.nat(100), (prompt, times) => {
      const score = scoreComplexity(prompt.repeat(times));
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }),
  );
});

it.each([
  [
    'several statements to judge',
    'Is it true? Statement 1: ice melts. Statement 2: ice burns.',
    'Is it true? Ice melts.',
  ],
  ['cues of hard work', 'Sort a list; mind the edge cases and the worst case', 'Sort a list of numbers'],
  [
    'names and terms',
    'Who met Anna, Bob, Carla and Dora in Rome?',
    'who met four of his friends in the town?',
  ],
])('rates %s higher', (_, harder, easier) => {
  expect(scoreComplexity(harder)).toBeGreaterThan(scoreComplexity(easier));
});

it('rates a text that holds the answer lower', () => {
  const question = 'In which year was the treaty between the two towns renewed? ';
  const given = `This question refers to the following. ${question}`;
  const plain = `This question is one of the many here. ${question}`;
  expect(scoreComplexity(given)).toBeLessThan(scoreComplexity(plain));
});

it('has four decimals', () => {
  const score = scoreComplexity('Explain the difference between TCP and UDP.');
  expect(Math.abs(score * 10_000 - Math.round(score * 10_000))).toBeLessThan(1e-9);
});

it('rates a longer prompt of the same kind higher', () => {
  const sentence = 'We met at noon and talked about the weather for a while. ';
  const scores = [1, 4, 16, 64, 256].map((times) => scoreComplexity(sentence.repeat(times)));
  expect(scores).toEqual(scores.toSorted((a, b) => a - b));
  expect(new Set(scores).size).toBe(scores.length);
});
