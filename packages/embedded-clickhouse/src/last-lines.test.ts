import { expect, it } from 'vitest';
import { lastLines } from './last-lines.js';

it('keeps the last lines and leaves out blank ones and stack frames', () => {
  const text =
    'one\n\ntwo  \n0. ? @ 0x000000001c8fa4b3\n12. DB::Something(int) @ 0x00000000091772d2\nthree\n';
  expect(lastLines(text, 2)).toEqual(['two', 'three']);
});

it('cuts a long line', () => {
  expect(lastLines('x'.repeat(5_000), 1)[0]).toHaveLength(1_000);
});
