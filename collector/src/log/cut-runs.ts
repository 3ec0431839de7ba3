import { crc32 } from 'node:zlib';
import { countRows, locateRanges } from './block-bytes.js';
import type { RowRun } from './row-run.js';
import type { RowRange } from './write-ahead-log.js';

/** A part of some runs, with its rows. */
export type RunPart = { readonly runs: readonly RowRun[]; readonly bytes: Uint8Array };

/**
 * Cuts runs, whose rows are `bytes` one after the other, at ranges of rows. The ranges are in order and cover all rows;
 * RangeError otherwise.
 */
export const cutRuns = (runs: readonly RowRun[], bytes: Uint8Array, ranges: readonly RowRange[]): RunPart[] =>
  locateRanges(bytes, ranges).map(({ offset, bytes: length }) => {
    const end = offset + length;
    return { bytes: bytes.subarray(offset, end), runs: overlap(runs, bytes, offset, end) };
  });

const overlap = (runs: readonly RowRun[], bytes: Uint8Array, from: number, to: number): RowRun[] => {
  const parts: RowRun[] = [];
  let start = 0;
  for (const [segment, offset, length] of runs) {
    const first = Math.max(start, from);
    const last = Math.min(start + length, to);
    if (first < last) {
      const part = bytes.subarray(first, last);
      parts.push([segment, offset + first - start, last - first, countRows(part) ?? 0, crc32(part)]);
    }
    start += length;
  }
  return parts;
};
