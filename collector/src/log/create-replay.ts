import { closeSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { LogFailedError } from '@signalbox/spec';
import type { BodyIndex } from './body-index.js';
import type { DoneHead, PlanHead, RowsHead } from './heads.js';
import type { Ledger } from './ledger.js';
import type { Quarantine } from './quarantine.js';
import { FORMAT_VERSION, RECORD_TYPES } from './record.js';
import { type FoundRecord, scanSegment } from './scan-segment.js';
import type { LogEnd } from './segment-writer.js';

/** What was wrong with a log when it was opened. All but `records` are 0 after an orderly end. */
export type RecoveryReport = {
  /** Intact records. */
  records: number;
  /** Bytes that are no record: a torn end, or damage. They are in the quarantine, but for zeroes. */
  damagedBytes: number;
  /** Records that are missing, as the numbers of the others tell. */
  missingRecords: number;
  /** Segments that are missing between others. */
  missingSegments: number;
  /** Files that are named as segments and are copies of others. They are in the quarantine. */
  foreignFiles: number;
};

/** Reads the segments of a log in their order and notes what they say. */
export interface Replay {
  /** Reads a segment up to the end that the next one names; without one, up to the end of the file. */
  read(segment: { readonly segment: number; readonly path: string }, end: number | undefined): Promise<void>;
  readonly report: RecoveryReport;
  /** Where the log goes on. */
  next(): LogEnd;
}

/** What `createReplay` takes. */
export type ReplayOptions = {
  readonly directory: string;
  readonly ledger: Ledger;
  readonly bodyIndex: BodyIndex;
  readonly quarantine: Quarantine;
  readonly salt: number;
  /** Records that were found torn before. */
  readonly torn: readonly number[];
};

/** Creates a replay. */
export const createReplay = (options: ReplayOptions): Replay => {
  const { directory, ledger, bodyIndex, quarantine, salt } = options;
  const report = { records: 0, damagedBytes: 0, missingRecords: 0, missingSegments: 0, foreignFiles: 0 };
  const knownTorn = new Set(options.torn);
  const torn: number[] = [];
  let lastSeq: number | null = null;
  let last: LogEnd['previous'] = null;

  const passOver = async (path: string, range: { offset: number; bytes: number }): Promise<void> => {
    report.damagedBytes += range.bytes;
    await quarantine.keep(path, range);
  };

  const tornBetween = (before: number, after: number): number =>
    options.torn.filter((seq) => seq > before && seq < after).length;

  const isNew = ({ frame: { seq, version } }: FoundRecord): boolean => {
    if (version > FORMAT_VERSION) throw newerFormat(directory, version);
    if (lastSeq !== null && seq <= lastSeq) return false;
    if (lastSeq !== null) report.missingRecords += seq - lastSeq - 1 - tornBetween(lastSeq, seq);
    lastSeq = seq;
    return !knownTorn.has(seq);
  };

  // Returns false when the record is damaged after all.
  const note = (record: FoundRecord, { segment, fd, isEnded }: Source): boolean => {
    const content: unknown = JSON.parse(record.head.toString());
    const { type, seq } = record.frame;
    if (type === RECORD_TYPES.rows) {
      const head = content as RowsHead;
      // Only the last segment can hold what was not synced: what was torn there was never acknowledged.
      if (!isEnded && !isBodyIntact(fd, record, head)) {
        torn.push(seq);
        return false;
      }
      // What was left over is due at once.
      ledger.addRows({ head, segment, bodyOffset: record.bodyOffset, since: Number.NEGATIVE_INFINITY });
      bodyIndex.add(head);
    } else if (type === RECORD_TYPES.plan)
      ledger.addPlan(content as PlanHead, { segment, offset: record.offset });
    else if (type === RECORD_TYPES.done) {
      const { id, how } = content as DoneHead;
      ledger.finish(id, how);
    }
    report.records += 1;
    return true;
  };

  return {
    report,
    next: () => ({
      segment: (last?.segment ?? 0) + 1,
      seq: (lastSeq ?? 0) + 1,
      previous: last,
      torn,
    }),
    read: async ({ segment, path }, end) => {
      const fd = openSync(path, 'r');
      const source = { segment, fd, isEnded: end !== undefined };
      last = { segment, end: 0 };
      try {
        for (const found of scanSegment({ fd, salt, end })) {
          if (found.kind === 'damage') await passOver(path, found);
          else if (isNew(found) && !note(found, source))
            await passOver(path, { offset: found.offset, bytes: found.end - found.offset });
          else last = { segment, end: found.end };
        }
      } finally {
        closeSync(fd);
      }
    },
  };
};

type Source = { readonly segment: number; readonly fd: number; readonly isEnded: boolean };

const newerFormat = (directory: string, version: number): LogFailedError =>
  new LogFailedError({
    directory,
    reason: `it is of format ${version}, and this Signalbox reads up to ${FORMAT_VERSION}; use the newer Signalbox that wrote it`,
  });

const isBodyIntact = (fd: number, { bodyOffset, frame }: FoundRecord, { sections }: RowsHead): boolean => {
  const body = Buffer.allocUnsafe(frame.bodyBytes);
  if (readSync(fd, body, 0, frame.bodyBytes, bodyOffset) !== frame.bodyBytes) return false;
  let at = 0;
  return sections.every(([, , , bytes, checksum]) => {
    at += bytes;
    return crc32(body.subarray(at - bytes, at)) === checksum;
  });
};
