/**
 * Large buffers that are used again. V8 counts what lies in buffers and collects garbage after so much of it is new: without
 * this the collector spends as much time on collecting garbage as on encoding.
 */
export interface BufferPool {
  /** At least so many bytes, with anything in them. */
  take(bytes: number): Buffer;
  /**
   * Gives back what `take` gave, the whole or any part of it. Nobody may read or write any of it from then on. Anything else is
   * ignored, also what was given back before; what is never given back is garbage like any other.
   */
  give(bytes: Uint8Array): void;
}

// Smaller ones are not worth it.
const MIN_BYTES = 64 * 1024;

/** Creates a pool that keeps at most `maxBytes` of unused buffers. */
export const createBufferPool = ({ maxBytes }: { readonly maxBytes: number }): BufferPool => {
  const taken = new WeakSet<ArrayBufferLike>();
  const free: Buffer[] = [];
  let freeBytes = 0;

  return {
    take: (bytes) => {
      if (bytes < MIN_BYTES) return Buffer.allocUnsafeSlow(bytes);
      const size = roundUp(bytes);
      const index = free.findIndex(({ length }) => length >= bytes && length <= 2 * size);
      const [found = Buffer.allocUnsafeSlow(size)] = index < 0 ? [] : free.splice(index, 1);
      if (index >= 0) freeBytes -= found.length;
      taken.add(found.buffer);
      return found;
    },
    give: ({ buffer }) => {
      if (!taken.delete(buffer)) return;
      free.push(Buffer.from(buffer));
      freeBytes += buffer.byteLength;
      // The oldest go first: they are of a size that is not asked for any more.
      while (freeBytes > maxBytes) freeBytes -= free.shift()?.length ?? freeBytes;
    },
  };
};

// By at most an eighth, so that buffers of about the same size can stand in for each other.
const roundUp = (bytes: number): number => {
  const step = 2 ** (Math.floor(Math.log2(bytes)) - 3);
  return Math.ceil(bytes / step) * step;
};
