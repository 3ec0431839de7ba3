import { expect, it } from 'vitest';
import { solveLinear } from './solve-linear.js';

it('solves a symmetric system and leaves it as it was', () => {
  const matrix = [
    [4, 1, 0],
    [1, 3, 1],
    [0, 1, 2],
  ];
  const before = structuredClone(matrix);
  const solution = solveLinear(matrix, [6, 10, 8]);
  for (const [at, value] of [1, 2, 3].entries()) expect(solution[at]).toBeCloseTo(value, 12);
  expect(matrix).toEqual(before);
});
