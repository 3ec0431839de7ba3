import { expect, it } from 'vitest';
import { createBufferPool } from './buffer-pool.js';

const MIB = 1024 * 1024;

it('gives a buffer again that is large enough and was given back', () => {
  const pool = createBufferPool({ maxBytes: 4 * MIB });
  const first = pool.take(MIB);
  pool.give(first.subarray(5, 10));
  const second = pool.take(MIB - 10);
  expect(second.buffer).toBe(first.buffer);
  expect(second.length).toBeGreaterThanOrEqual(MIB - 10);
  expect(pool.take(MIB).buffer).not.toBe(first.buffer);
});

it('gives nothing to two at once, however often it gets it back', () => {
  const pool = createBufferPool({ maxBytes: 4 * MIB });
  const first = pool.take(MIB);
  pool.give(first);
  pool.give(first);
  expect(pool.take(MIB).buffer).not.toBe(pool.take(MIB).buffer);
});

it('ignores what is not its own', () => {
  const pool = createBufferPool({ maxBytes: 4 * MIB });
  const [foreign, small] = [Buffer.allocUnsafeSlow(MIB), pool.take(10)];
  pool.give(foreign);
  pool.give(small);
  expect([pool.take(MIB).buffer, pool.take(10).buffer]).not.toContain(foreign.buffer);
  expect(pool.take(10).buffer).not.toBe(small.buffer);
});

it('keeps no more than it may', () => {
  const pool = createBufferPool({ maxBytes: 2 * MIB });
  const buffers = [pool.take(MIB), pool.take(MIB), pool.take(MIB)];
  for (const buffer of buffers) pool.give(buffer);
  const again = [pool.take(MIB), pool.take(MIB), pool.take(MIB)].map(({ buffer }) => buffer);
  expect(again.filter((buffer) => buffers.some((known) => known.buffer === buffer))).toHaveLength(2);
});
