import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayOf, secondsOf } from './unix-time.js';

const halves = (nanos: bigint): [number, number] => [Number(nanos & 0xffff_ffffn), Number(nanos >> 32n)];

it('has the exact second of any time, also next to a full one', () => {
  const any = fc.bigInt(0n, 2n ** 64n - 1n);
  const full = fc
    .tuple(fc.bigInt(0n, 18_446_744_072n), fc.bigInt(-2n, 2n))
    .map(([seconds, offset]) => seconds * 1_000_000_000n + offset)
    .filter((nanos) => nanos >= 0n);
  fc.assert(
    fc.property(fc.oneof(any, full), (nanos) => {
      expect(secondsOf(...halves(nanos))).toBe(Number(nanos / 1_000_000_000n));
    }),
    { numRuns: 2_000 },
  );
});

it('begins a day at midnight of UTC', () => {
  const midnight = 1_763_683_200n * 1_000_000_000n;
  expect(dayOf(secondsOf(...halves(midnight - 1n)))).toBe(20_412);
  expect(dayOf(secondsOf(...halves(midnight)))).toBe(20_413);
});
