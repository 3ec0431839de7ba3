import { BILLION } from './billionths.js';

const TWO_TO_32 = 4_294_967_296;

/**
 * A draw in billionths that a text always gives, spread evenly over texts: FNV-1a with the final mix of MurmurHash3. It
 * puts a conversation or a user where it was before, without anybody having to remember.
 */
export const keyDraw = (key: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return Math.floor((mix(hash) / TWO_TO_32) * BILLION);
};

/** Another draw from a draw, as good as independent of it: one recorded number is enough for several choices. */
export const drawAgain = (draw: number, purpose: number): number =>
  Math.floor((mix(Math.imul(draw, 0x9e3779b1) + Math.imul(purpose + 1, 0x85ebca6b)) / TWO_TO_32) * BILLION);

/** All 32 bits of the result depend on all of the argument. */
const mix = (value: number): number => {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};
