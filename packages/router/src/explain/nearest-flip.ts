/** Where a flip is, in steps of a resolution, and who then ranks first. */
export type FlipAt = { step: number; winner: string };

/**
 * The step nearest to `from` at which another candidate ranks first, looked for by halving between `from` and `end`, beyond
 * which it stays so: every score moves one way. `null` when not even `end` flips. `winnerAt` gives who ranks first in place
 * of the best, or `null`.
 */
export const nearestFlip = (
  from: number,
  end: number,
  winnerAt: (step: number) => string | null,
): FlipAt | null => {
  let same = from;
  let flipped = end;
  let winner = winnerAt(end);
  if (winner === null) return null;
  while (Math.abs(flipped - same) > 1) {
    const middle = Math.round((same + flipped) / 2);
    const there = winnerAt(middle);
    if (there === null) same = middle;
    else [flipped, winner] = [middle, there];
  }
  return { step: flipped, winner };
};
