import { expect, it } from 'vitest';
import { normalCdf } from './normal-cdf.js';

// Digits of the standard normal distribution function.
it.each([
  [0, 0.5],
  [0.5, 0.6914624613],
  [1, 0.8413447461],
  [1.0019, 0.8418041],
  [1.959963985, 0.975],
  [-1.959963985, 0.025],
  [3, 0.998650102],
  [-3, 0.001349898],
  [40, 1],
  [-40, 0],
])('is the probability below %d', (z, expected) => {
  expect(Math.abs(normalCdf(z) - expected)).toBeLessThan(1e-6);
});

it('never falls', () => {
  let before = 0;
  for (let z = -7; z <= 7; z += 0.001) {
    expect(normalCdf(z)).toBeGreaterThanOrEqual(before);
    before = normalCdf(z);
  }
});
