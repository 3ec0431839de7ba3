import { expect, it } from 'vitest';
import { createSteadyClock } from './steady-clock.js';

it.each([
  ['a year ahead', 365 * 86_400_000],
  ['a year back', -365 * 86_400_000],
])('goes on evenly when the clock of the computer is set %s', (_what, jumpMs) => {
  let wall = 1_800_000_000_000;
  const steadyMs = createSteadyClock(() => wall);
  const before = steadyMs();
  expect(Math.abs(before - wall)).toBeLessThan(60_000);
  wall += jumpMs;
  const passed = steadyMs() - before;
  expect(passed).toBeGreaterThanOrEqual(0);
  expect(passed).toBeLessThan(60_000);
});
