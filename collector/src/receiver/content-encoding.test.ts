import { deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createAdmission } from './admission.js';
import { inflateBody, parseContentEncoding } from './content-encoding.js';

const plain = Buffer.from('the same sentence, again and again. '.repeat(100));
const inflate = (contentEncoding: string, body: Buffer, maxBytes = 1_000_000) =>
  inflateBody(body, {
    contentEncoding,
    maxBytes,
    reservation: createAdmission({ maxBytes: 2 * maxBytes }).admit(),
  });

describe('parseContentEncoding', () => {
  it.each([
    [undefined, ''],
    ['', ''],
    ['identity', ''],
    ['gzip', 'gzip'],
    [' GZip ', 'gzip'],
    ['zstd', 'zstd'],
    ['deflate', 'deflate'],
    ['br', null],
    ['gzip, gzip', null],
    ['__proto__', null],
  ])('reads %j as %j', (header, expected) => {
    expect(parseContentEncoding(header)).toBe(expected);
  });
});

describe('inflateBody', () => {
  it.each([
    ['gzip', gzipSync(plain)],
    ['zstd', zstdCompressSync(plain)],
    ['deflate', deflateSync(plain)],
    ['zlib', deflateSync(plain)],
    ['', plain],
  ])('reads "%s"', async (contentEncoding, body) => {
    expect(await inflate(contentEncoding, body)).toEqual({ status: 'inflated', body: plain });
  });

  it('joins the members of a gzip body', async () => {
    const body = Buffer.concat([gzipSync(plain.subarray(0, 40)), gzipSync(plain.subarray(40))]);
    expect(await inflate('gzip', body)).toEqual({ status: 'inflated', body: plain });
  });

  it.each([
    ['gzip', 'no gzip', plain, 'gzip: invalid header'],
    ['gzip', 'nothing', Buffer.alloc(0), 'gzip: unexpected end of file'],
    ['gzip', 'a cut body', gzipSync(plain).subarray(0, 40), 'gzip: unexpected end of file'],
    ['gzip', 'a wrong checksum', withByte(gzipSync(plain), -8), 'gzip: incorrect data check'],
    [
      'gzip',
      'bytes after the end',
      Buffer.concat([gzipSync(plain), Buffer.from('more')]),
      expect.stringMatching(/^gzip: /),
    ],
    ['deflate', 'raw deflate', deflateRawSync(plain), 'deflate: invalid header'],
    [
      'zstd',
      'bytes after the end',
      Buffer.concat([zstdCompressSync(plain), Buffer.from('more')]),
      expect.stringMatching(/^zstd: /),
    ],
    ['zstd', 'a cut body', zstdCompressSync(plain).subarray(0, 20), expect.stringMatching(/^zstd: /)],
  ])('refuses %s with %s', async (contentEncoding, _what, body, reason) => {
    expect(await inflate(contentEncoding, body)).toEqual({ status: 'malformed', reason });
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(50_000_000))],
    ['zstd', zstdCompressSync(Buffer.alloc(50_000_000))],
    ['deflate', deflateSync(Buffer.alloc(50_000_000))],
  ])('stops a %s bomb at the limit', async (contentEncoding, body) => {
    expect(body.length).toBeLessThan(100_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(await inflate(contentEncoding, body, 1_000_000)).toEqual({
      status: 'too-large',
      reason: 'request body exceeds 1000000 bytes after decompression',
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  it('stops when the receiver holds too much as a whole', async () => {
    const admission = createAdmission({ maxBytes: 100_000 });
    const options = { contentEncoding: 'gzip', maxBytes: 1_000_000_000 };
    const body = gzipSync(Buffer.alloc(50_000_000));
    const reservations = [admission.admit(), admission.admit()];
    const results = await Promise.all(
      reservations.map((reservation) => inflateBody(body, { ...options, reservation })),
    );
    expect(results).toEqual([
      { status: 'overloaded', reason: 'too many bytes in flight' },
      { status: 'overloaded', reason: 'too many bytes in flight' },
    ]);
    for (const reservation of reservations) reservation.release();
    expect([admission.requests, admission.bytes]).toEqual([0, 0]);
  });

  it('takes exactly the limit', async () => {
    expect(await inflate('gzip', gzipSync(plain), plain.length)).toMatchObject({ status: 'inflated' });
    expect(await inflate('gzip', gzipSync(plain), plain.length - 1)).toMatchObject({ status: 'too-large' });
  });
});

function withByte(body: Buffer, offset: number): Buffer {
  const index = body.length + offset;
  body[index] = (body[index] ?? 0) ^ 0xff;
  return body;
}
