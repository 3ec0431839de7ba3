import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What a record of the log holds. The numbers are on disk: never change one. */
export const RECORD_TYPES = { segment: 1, rows: 2, plan: 3, done: 4, deadLetter: 5 } as const;

/** A kind of record. */
export type RecordType = (typeof RECORD_TYPES)[keyof typeof RECORD_TYPES];

/** The version of the format that this code writes, and the newest that it reads. */
export const FORMAT_VERSION = 1;

/** Bytes of the fixed part of a record. After it come the head (JSON) and the body (rows). */
export const FIXED_BYTES = 28;

/** The longest head. A longer one in a file is damage. */
const MAX_HEAD_BYTES = 4 * 1024 * 1024;

/** The first four bytes of every record: `SBXL`. */
export const MAGIC = Buffer.from('SBXL', 'latin1');

/** The fixed part of a record. */
export type RecordFrame = {
  readonly version: number;
  readonly type: RecordType;
  readonly headBytes: number;
  readonly bodyBytes: number;
  /** Position in the order of all records of a log; counts from 1 without gaps. */
  readonly seq: number;
};

/**
 * Where the checksums of a log start: derived from its random epoch, so that no row, whatever a sender puts into it,
 * looks like a record when the log is searched after damage.
 */
export const saltOf = (epoch: string): number => createHash('sha256').update(epoch).digest().readUInt32LE();

/** What `encodeFrame` takes. */
export type NewFrame = Omit<RecordFrame, 'headBytes' | 'version'> & {
  /** JSON. */
  readonly head: Uint8Array;
  /** Default: the current one. */
  readonly version?: number;
};

/** The fixed part and the head of a record. The checksum covers both; the body has checksums of its own in the head. */
export const encodeFrame = (
  { type, head, bodyBytes, seq, version = FORMAT_VERSION }: NewFrame,
  salt: number,
): Buffer => {
  const bytes = Buffer.allocUnsafe(FIXED_BYTES + head.byteLength);
  MAGIC.copy(bytes);
  bytes.writeUInt8(version, 4);
  bytes.writeUInt8(type, 5);
  bytes.writeUInt16LE(toTag(salt), 6);
  bytes.writeUInt32LE(head.byteLength, 8);
  bytes.writeUInt32LE(bodyBytes, 12);
  bytes.writeBigUInt64LE(BigInt(seq), 16);
  bytes.set(head, FIXED_BYTES);
  bytes.writeUInt32LE(checksumOf(bytes, salt), CHECKSUM_AT);
  return bytes;
};

/** The fixed part at the start of `bytes`, not yet checked against the checksum. `null` when it cannot be one. */
export const parseFrame = (bytes: Buffer, salt: number): RecordFrame | null => {
  if (bytes.byteLength < FIXED_BYTES || bytes.compare(MAGIC, 0, MAGIC.byteLength, 0, MAGIC.byteLength) !== 0)
    return null;
  const headBytes = bytes.readUInt32LE(8);
  if (headBytes > MAX_HEAD_BYTES || bytes.readUInt16LE(6) !== toTag(salt)) return null;
  return {
    version: bytes.readUInt8(4),
    type: bytes.readUInt8(5) as RecordType,
    headBytes,
    bodyBytes: bytes.readUInt32LE(12),
    seq: Number(bytes.readBigUInt64LE(16)),
  };
};

/** Whether the fixed part and the head, which `bytes` holds exactly, are as they were written. */
export const isIntact = (bytes: Buffer, salt: number): boolean =>
  bytes.readUInt32LE(CHECKSUM_AT) === checksumOf(bytes, salt);

const CHECKSUM_AT = 24;

// A first sieve where the log is searched after damage: a sender does not know it.
const toTag = (salt: number): number => salt & 0xffff;

const checksumOf = (bytes: Buffer, salt: number): number =>
  crc32(bytes.subarray(FIXED_BYTES), crc32(bytes.subarray(0, CHECKSUM_AT), salt));
