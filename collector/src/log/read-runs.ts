import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { RowRun } from './row-run.js';

/** Rows read back from the log. */
export type ReadRows = {
  /** The intact runs, one after the other. */
  readonly bytes: Uint8Array;
  readonly intact: readonly RowRun[];
  /** Runs that cannot be read, or differ from what was written. */
  readonly damaged: readonly RowRun[];
};

// Runs that lie closer together than this are read in one go, with what is between them.
const GAP_BYTES = 4096;
const READ_BYTES = 1024 * 1024;

/** Reads runs of rows. `pathOf` says where a segment is, or `null` when there is none. Rejects when the system does. */
export const readRuns = async (
  runs: readonly RowRun[],
  pathOf: (segment: number) => string | null,
): Promise<ReadRows> => {
  const bytes = Buffer.allocUnsafe(runs.reduce((sum, run) => sum + run[2], 0));
  const intact: RowRun[] = [];
  const damaged: RowRun[] = [];
  let at = 0;
  const files = new Map<number, FileHandle | null>();
  try {
    for (const near of groupNear(runs)) {
      const read = await readNear(near, await fileOf(near[0][0], files, pathOf));
      for (const [index, run] of near.entries()) {
        const piece = read[index];
        if (piece && crc32(piece) === run[4]) {
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
  const [, lastOffset, lastBytes] = group.at(-1) ?? group[0];
  const gap = offset - (lastOffset + lastBytes);
  const isNext = segment === firstSegment && gap >= 0 && gap <= GAP_BYTES;
  return isNext && offset + bytes - firstOffset <= READ_BYTES;
};

// The bytes of each run; `null` for all of them when the file has none.
const readNear = async (runs: NonEmpty, file: FileHandle | null): Promise<(Uint8Array | null)[]> => {
  const start = runs[0][1];
  const [, lastOffset, lastBytes] = runs.at(-1) ?? runs[0];
  const all = file && (await readFully(file, start, lastOffset + lastBytes - start));
  return runs.map(([, offset, bytes]) => {
    const piece = all?.subarray(offset - start, offset - start + bytes);
    return piece?.byteLength === bytes ? piece : null;
  });
};

// Shorter than asked for at the end of the file; `null` when the disk has an error there.
const readFully = async (file: FileHandle, position: number, bytes: number): Promise<Uint8Array | null> => {
  const buffer = Buffer.allocUnsafe(bytes);
  let done = 0;
  while (done < bytes) {
    const bytesRead = await file
      .read(buffer, done, bytes - done, position + done)
      .then((read) => read.bytesRead, unless('EIO'));
    if (bytesRead === null) return null;
    if (bytesRead === 0) break;
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
