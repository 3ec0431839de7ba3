import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { BufferPool } from '../buffer-pool.js';
import type { RowRun } from './row-run.js';

/** Rows read back from the log. */
export type ReadRows = {
  /** The intact runs, one after the other. */
  readonly bytes: Uint8Array;
  readonly intact: readonly RowRun[];
  /** Runs that cannot be read, or differ from what was written. */
  readonly damaged: readonly RowRun[];
};

const SMALL_BYTES = 16 * 1024;
const READ_BYTES = 1024 * 1024;

/** Where rows are read from, and into. */
export type RunFiles = {
  /** Where a segment is, or `null` when there is none. */
  pathOf(segment: number): string | null;
  readonly buffers: Pick<BufferPool, 'take'>;
};

/** Reads runs of rows, into a buffer of the pool. Rejects when the system does. */
export const readRuns = async (runs: readonly RowRun[], { pathOf, buffers }: RunFiles): Promise<ReadRows> => {
  const bytes = buffers.take(runs.reduce((sum, run) => sum + run[2], 0));
  const intact: RowRun[] = [];
  const damaged: RowRun[] = [];
  let at = 0;
  const files = new Map<number, FileHandle | null>();
  try {
    for (const near of groupNear(runs)) {
      const file = await fileOf(near[0][0], files, pathOf);
      // What turns out to be damaged is overwritten by what comes next.
      const pieces = file ? await readNear(near, file, bytes.subarray(at)) : [];
      for (const [index, run] of near.entries()) {
        const piece = pieces[index];
        if (piece?.byteLength === run[2] && crc32(piece) === run[4]) {
          if (piece.buffer !== bytes.buffer || piece.byteOffset !== bytes.byteOffset + at)
            bytes.set(piece, at);
          at += piece.byteLength;
          intact.push(run);
        } else damaged.push(run);
      }
    }
  } finally {
    for (const file of files.values()) await file?.close();
  }
  return { bytes: bytes.subarray(0, at), intact, damaged };
};

type NonEmpty = [RowRun, ...RowRun[]];

// Small runs that lie close together are read in one go, with what is between them.
const groupNear = (runs: readonly RowRun[]): NonEmpty[] => {
  const groups: NonEmpty[] = [];
  let last: NonEmpty | undefined;
  for (const run of runs) {
    if (last && isNear(last, run)) last.push(run);
    else {
      last = [run];
      groups.push(last);
    }
  }
  return groups;
};

const isNear = (group: NonEmpty, [segment, offset, bytes]: RowRun): boolean => {
  const [firstSegment, firstOffset] = group[0];
  const gap = offset - endOf(group);
  const isNext = segment === firstSegment && gap >= 0 && gap <= SMALL_BYTES;
  return isNext && bytes <= SMALL_BYTES && offset + bytes - firstOffset <= READ_BYTES;
};

const endOf = (group: NonEmpty): number => {
  const [, offset, bytes] = group.at(-1) ?? group[0];
  return offset + bytes;
};

// The bytes of each run, as far as there are any. A run of its own is read to where it belongs.
const readNear = async (runs: NonEmpty, file: FileHandle, target: Buffer): Promise<Buffer[]> => {
  const start = runs[0][1];
  const length = endOf(runs) - start;
  const buffer = runs.length === 1 ? target.subarray(0, length) : Buffer.allocUnsafe(length);
  const read = await readFully(file, buffer, start);
  return runs.map(([, offset, bytes]) => read.subarray(offset - start, offset - start + bytes));
};

// Shorter than the buffer where the file ends, or the disk has an error.
const readFully = async (file: FileHandle, buffer: Buffer, position: number): Promise<Buffer> => {
  let done = 0;
  while (done < buffer.byteLength) {
    const bytesRead = await file
      .read(buffer, done, buffer.byteLength - done, position + done)
      .then((read) => read.bytesRead, unless('EIO'));
    if (!bytesRead) break;
    done += bytesRead;
  }
  return buffer.subarray(0, done);
};

const fileOf = async (
  segment: number,
  files: Map<number, FileHandle | null>,
  pathOf: (segment: number) => string | null,
): Promise<FileHandle | null> => {
  const known = files.get(segment);
  if (known !== undefined) return known;
  const path = pathOf(segment);
  const file = path === null ? null : await open(path, 'r').catch(unless('ENOENT'));
  files.set(segment, file);
  return file;
};

// One kind of error is damage. Any other, such as too many open files, says nothing about the rows.
const unless =
  (code: string) =>
  (error: NodeJS.ErrnoException): null => {
    if (error.code === code) return null;
    throw error;
  };
