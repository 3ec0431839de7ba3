import { expect, it } from 'vitest';
import { createKeyedRandom } from './keyed-random.js';

const draws = (count: number, ...key: (string | number)[]) => {
  const random = createKeyedRandom(...key);
  return Array.from({ length: count }, () => random());
};

it('repeats its draws for an equal key', () => {
  expect(draws(50, 7, 'gpt-5', 'a')).toEqual(draws(50, 7, 'gpt-5', 'a'));
});

it.each([
  { one: ['a', 'bc'], other: ['ab', 'c'] },
  { one: [1, 'a'], other: [2, 'a'] },
  { one: ['a', 'b'], other: ['b', 'a'] },
  { one: ['a'], other: ['a', ''] },
])('tells $one from $other', ({ one, other }) => {
  expect(draws(3, ...one)).not.toEqual(draws(3, ...other));
});

it('draws evenly in [0, 1), over one key as over the first draws of many', () => {
  const overOneKey = draws(10_000, 'one');
  const overManyKeys = Array.from({ length: 10_000 }, (_, key) => draws(1, 'many', key)[0] ?? -1);
  for (const values of [overOneKey, overManyKeys]) {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const value of values) tenths[Math.floor(value * 10)] = (tenths[Math.floor(value * 10)] ?? 0) + 1;
    expect(tenths).toHaveLength(10);
    // Five standard deviations of a count of 1,000 are 150.
    for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  }
});
