/** Draws numbers in [0, 1); the n-th draw of equal keys is equal. */
export type Random = () => number;

/**
 * Returns a generator seeded by the parts of a key, so a draw depends on what is asked and never on
 * what was asked before it. Parts are joined with a separator: `('a', 'bc')` and `('ab', 'c')` differ.
 * sfc32 (Practically Random, C. Doty-Humphrey) behind a 4 x 32 bit string hash; not for secrets.
 */
export function createKeyedRandom(...key: readonly (string | number)[]): Random {
  let [a, b, c, d] = hashKey(key.join('\u0000'));
  const next = (): number => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  };
  // The first outputs still show the seed; sfc32 asks for a short warm-up.
  for (let round = 0; round < 12; round++) next();
  return next;
}

/** cyrb128: four mixed 32-bit words of a string. */
function hashKey(text: string): [number, number, number, number] {
  let h1 = 1_779_033_703;
  let h2 = 3_144_134_277;
  let h3 = 1_013_904_242;
  let h4 = 2_773_480_762;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    h1 = h2 ^ Math.imul(h1 ^ unit, 597_399_067);
    h2 = h3 ^ Math.imul(h2 ^ unit, 2_869_860_233);
    h3 = h4 ^ Math.imul(h3 ^ unit, 951_274_213);
    h4 = h1 ^ Math.imul(h4 ^ unit, 2_716_044_179);
  }
  return [h1 ^ h2 ^ h3 ^ h4, h2 ^ h1, h3 ^ h1, h4 ^ h1];
}
