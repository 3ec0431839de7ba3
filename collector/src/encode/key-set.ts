import { randomInt } from 'node:crypto';

/**
 * Tells whether two keys of one map may be equal, by their hashes. Kept in arrays that are reused, and cleared by counting
 * up. The hash begins with a number that no sender knows, so that nobody can make every key collide.
 */
export class KeySet {
  /** What the hash of a key begins with, combined with its length by `^`. */
  static readonly seed: number = randomInt(2 ** 32) | 0;

  readonly #hashes: Int32Array;
  readonly #generations: Int32Array;
  readonly #mask: number;
  #generation = 0;

  /** `maxKeys` must not be exceeded between two calls of `clear`. */
  constructor(maxKeys: number) {
    const slots = 2 ** Math.ceil(Math.log2(2 * maxKeys + 1));
    this.#hashes = new Int32Array(slots);
    this.#generations = new Int32Array(slots);
    this.#mask = slots - 1;
  }

  clear(): void {
    this.#generation = (this.#generation + 1) | 0;
    // Once in four billion maps the count wraps around to what is still in the array.
    if (this.#generation === 0) {
      this.#generations.fill(0);
      this.#generation = 1;
    }
  }

  /** Adds a key by its hash; false where a key of this hash is there already. */
  add(hash: number): boolean {
    let slot = hash & this.#mask;
    while (this.#generations[slot] === this.#generation) {
      if (this.#hashes[slot] === hash) return false;
      slot = (slot + 1) & this.#mask;
    }
    this.#generations[slot] = this.#generation;
    this.#hashes[slot] = hash;
    return true;
  }

  /** A hash with the next bytes of the key in it: four as a little-endian number, or one of the rest. */
  static mix(hash: number, bytes: number): number {
    const mixed = Math.imul(hash ^ bytes, 0x9e37_79b1);
    return mixed ^ (mixed >>> 15);
  }

  /** The hash of a whole key. */
  static hash(key: string): number {
    const bytes = Buffer.from(key);
    let hash = KeySet.seed ^ bytes.length;
    let index = 0;
    for (; index + 4 <= bytes.length; index += 4) hash = KeySet.mix(hash, bytes.readUInt32LE(index));
    for (; index < bytes.length; index += 1) hash = KeySet.mix(hash, bytes[index] as number);
    return hash;
  }
}
