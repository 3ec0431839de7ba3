import { fstatSync, readSync } from 'node:fs';
import { FIXED_BYTES, isIntact, MAGIC, parseFrame, type RecordFrame } from './record.js';

/** A record in a segment. */
export type FoundRecord = {
  readonly kind: 'record';
  readonly offset: number;
  readonly frame: RecordFrame;
  /** JSON, checked against its checksum. */
  readonly head: Buffer;
  /** Where the body starts. It lies within the segment; its own checksums are not yet compared. */
  readonly bodyOffset: number;
  /** Where the record ends. */
  readonly end: number;
};

/** A record, or bytes that are none. */
type Found = FoundRecord | { readonly kind: 'damage'; readonly offset: number; readonly bytes: number };

type Scan = {
  readonly fd: number;
  readonly salt: number;
  /** Where the records end; default the end of the file. */
  readonly end?: number | undefined;
};

/**
 * The records of a segment in their order. After bytes that are no record, it looks for the next one. Reads heads only: the
 * time does not grow with the rows. An end that is shorter than said is damage too.
 */
export function* scanSegment({ fd, salt, end }: Scan): Generator<Found> {
  const size = fstatSync(fd).size;
  const limit = Math.min(end ?? size, size);
  const window = createWindow(fd, limit);
  let offset = 0;
  while (offset < limit) {
    const found = readRecord(window, { offset, limit, salt });
    if (found) {
      yield found;
      offset = found.end;
      continue;
    }
    const next = findRecord(fd, { offset: offset + 1, limit, salt });
    yield { kind: 'damage', offset, bytes: next - offset };
    offset = next;
  }
  if (end !== undefined && end > size) yield { kind: 'damage', offset: size, bytes: end - size };
}

/** The record that starts at an offset; `null` when there is none. */
export const readRecordAt = (fd: number, offset: number, salt: number): FoundRecord | null => {
  const limit = fstatSync(fd).size;
  return readRecord(createWindow(fd, limit), { offset, limit, salt });
};

type At = { readonly offset: number; readonly limit: number; readonly salt: number };

const readRecord = (window: Window, { offset, limit, salt }: At): FoundRecord | null => {
  const frame = parseFrame(window(offset, FIXED_BYTES), salt);
  if (!frame) return null;
  const bodyOffset = offset + FIXED_BYTES + frame.headBytes;
  const end = bodyOffset + frame.bodyBytes;
  if (end > limit) return null;
  const bytes = window(offset, FIXED_BYTES + frame.headBytes);
  if (!isIntact(bytes, salt)) return null;
  return { kind: 'record', offset, frame, head: Buffer.from(bytes.subarray(FIXED_BYTES)), bodyOffset, end };
};

const SEARCH_BYTES = 64 * 1024;

// The offset of the next record, or the limit. Pieces overlap, because a fixed part may lie across their border.
const findRecord = (fd: number, { offset, limit, salt }: At): number => {
  const search = createWindow(fd, limit);
  const candidate = createWindow(fd, limit);
  for (let from = offset; from < limit; from += SEARCH_BYTES - FIXED_BYTES) {
    const bytes = search(from, SEARCH_BYTES);
    for (let at = bytes.indexOf(MAGIC); at !== -1; at = bytes.indexOf(MAGIC, at + 1)) {
      const isPlausible = parseFrame(bytes.subarray(at), salt) !== null;
      if (isPlausible && readRecord(candidate, { offset: from + at, limit, salt })) return from + at;
    }
  }
  return limit;
};

/** Bytes of a file at an offset: as many as asked for, or fewer at its end. Valid until the next call. */
type Window = (offset: number, bytes: number) => Buffer;

const NEAR_BYTES = 64 * 1024;
const FAR_BYTES = 1024;

// Heads that lie close together are read in one go; where bodies lie between them, only the heads are.
const createWindow = (fd: number, limit: number): Window => {
  let buffer = Buffer.allocUnsafe(NEAR_BYTES);
  let start = 0;
  let length = 0;
  return (offset, bytes) => {
    const wanted = Math.max(0, Math.min(bytes, limit - offset));
    if (offset < start || offset + wanted > start + length) {
      const isNear = offset <= start + length && offset >= start;
      const size = Math.min(limit - offset, Math.max(wanted, isNear ? NEAR_BYTES : FAR_BYTES));
      if (size > buffer.byteLength) buffer = Buffer.allocUnsafe(size);
      start = offset;
      length = size <= 0 ? 0 : readSync(fd, buffer, 0, size, offset);
    }
    return buffer.subarray(offset - start, Math.min(offset - start + wanted, length));
  };
};
