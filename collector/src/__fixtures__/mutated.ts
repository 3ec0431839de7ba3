import fc from 'fast-check';

/** Bodies with some bytes replaced, and some of them cut. */
export const mutated = (bodies: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> =>
  fc
    .tuple(bodies, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), fc.nat())
    .map(([body, changes, cut]) => {
      const bytes = Buffer.from(body);
      for (const [at, byte] of changes) bytes[at % (bytes.length || 1)] = byte;
      return cut % 3 === 0 ? bytes.subarray(0, cut % (bytes.length + 1)) : bytes;
    });
