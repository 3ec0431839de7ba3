import { join } from 'node:path';
import type { Disk, DiskFile } from './disk.js';
import type { Failpoint } from './failpoint.js';
import type { SegmentHead } from './heads.js';
import { encodeFrame, FIXED_BYTES, RECORD_TYPES, type RecordType } from './record.js';
import { toSegmentName } from './segment-name.js';

/** A record on its way to the disk. */
export type NewRecord = {
  readonly type: RecordType;
  /** JSON. */
  readonly head: Buffer;
  readonly body: readonly Uint8Array[];
  readonly bodyBytes: number;
};

/** Where a record lies. */
export type RecordPosition = {
  readonly segment: number;
  /** Of the record's first byte. */
  readonly offset: number;
};

/** A segment's file. */
export type SegmentFile = {
  readonly path: string;
  readonly bytes: number;
  /** Unix milliseconds of the last write. */
  readonly writtenAt: number;
};

/** Where a log goes on after what was found. */
export type LogEnd = {
  readonly segment: number;
  readonly seq: number;
  readonly previous: SegmentHead['previous'];
  readonly torn: SegmentHead['torn'];
};

/** Writes records to the newest segment. One call at a time. */
export interface SegmentWriter {
  /**
   * Writes and syncs records, and says where they lie. When it rejects, none of them counts: the segment is closed at the
   * last byte that was synced before, and the next call opens a new one. A file whose sync failed is never synced again,
   * because the kernel may have dropped what it could not write.
   */
  write(records: readonly NewRecord[]): Promise<RecordPosition[]>;
  /** The segment that the next write goes to; `null` when it opens a new one. */
  active(): number | null;
  /** Ends the newest segment; the next write opens another. */
  roll(): Promise<void>;
}

type OpenSegment = {
  readonly segment: number;
  readonly path: string;
  readonly file: DiskFile;
  bytes: number;
};

/** What `createSegmentWriter` takes. */
export type SegmentWriterOptions = {
  readonly directory: string;
  readonly disk: Disk;
  readonly failpoint: Failpoint;
  readonly epoch: string;
  readonly salt: number;
  /** A segment that has this size is followed by another. It may become larger by one write. */
  readonly segmentBytes: number;
  /** Where the log goes on. */
  readonly end: LogEnd;
  /** The files of the log by segment. The writer adds to it. */
  readonly segments: Map<number, SegmentFile>;
  /** Unix milliseconds, on a clock that does not jump. */
  readonly epochMs: () => number;
};

/** Creates a writer. The first write creates a segment. */
export const createSegmentWriter = (options: SegmentWriterOptions): SegmentWriter => {
  const { directory, disk, failpoint, epoch, salt, segmentBytes, segments, epochMs } = options;
  let { segment: nextSegment, seq, previous, torn } = options.end;
  let current: OpenSegment | null = null;

  const encode = ({ type, head, bodyBytes }: Omit<NewRecord, 'body'>): Buffer => {
    const frame = encodeFrame({ type, head, bodyBytes, seq }, salt);
    seq += 1;
    return frame;
  };

  const grow = (target: OpenSegment, bytes: number): void => {
    target.bytes = bytes;
    segments.set(target.segment, { path: target.path, bytes, writtenAt: epochMs() });
  };

  const open = async (): Promise<OpenSegment> => {
    const segment = nextSegment;
    const path = join(directory, toSegmentName({ segment, epoch }));
    const file = await disk.create(path);
    nextSegment += 1;
    const head: SegmentHead = { epoch, segment, previous, torn };
    const firstSeq = seq;
    const frame = encode({
      type: RECORD_TYPES.segment,
      head: Buffer.from(JSON.stringify(head)),
      bodyBytes: 0,
    });
    try {
      await file.write([frame], 0);
      await file.sync();
      await disk.syncDirectory(directory);
    } catch (error) {
      seq = firstSeq;
      await file.close().catch(ignore);
      // Where the file stays, its number is not used again.
      await disk.unlink(path).then(() => {
        nextSegment = segment;
      }, ignore);
      throw error;
    }
    torn = [];
    const opened = { segment, path, file, bytes: 0 };
    grow(opened, frame.byteLength);
    return opened;
  };

  const finish = async (ended: OpenSegment): Promise<void> => {
    current = null;
    previous = { segment: ended.segment, end: ended.bytes };
    await ended.file.close().catch(ignore);
  };

  const fail = async (failed: OpenSegment): Promise<void> => {
    // Best effort: where it does not work, the next segment says where this one ends.
    await failed.file.truncate(failed.bytes).catch(ignore);
    await finish(failed);
  };

  const writeTo = async (target: OpenSegment, records: readonly NewRecord[]): Promise<RecordPosition[]> => {
    const buffers: Uint8Array[] = [];
    const positions: RecordPosition[] = [];
    let { bytes } = target;
    for (const record of records) {
      positions.push({ segment: target.segment, offset: bytes });
      buffers.push(encode(record), ...record.body);
      bytes += recordBytes(record);
    }
    failpoint('log.beforeWrite');
    await target.file.write(buffers, target.bytes);
    failpoint('log.afterWrite');
    failpoint('log.beforeSync');
    await target.file.sync();
    failpoint('log.afterSync');
    grow(target, bytes);
    return positions;
  };

  return {
    write: async (records) => {
      if (current && current.bytes >= segmentBytes) await finish(current);
      const target = current ?? (await open());
      current = target;
      const firstSeq = seq;
      try {
        return await writeTo(target, records);
      } catch (error) {
        seq = firstSeq;
        await fail(target);
        throw error;
      }
    },
    active: () => current?.segment ?? null,
    roll: async () => {
      if (current) await finish(current);
    },
  };
};

/** The size of a record in a segment. */
export const recordBytes = ({ head, bodyBytes }: Pick<NewRecord, 'head' | 'bodyBytes'>): number =>
  FIXED_BYTES + head.byteLength + bodyBytes;

// What is undone here is a step that failed; its own error goes to the caller, and a second one says nothing new.
const ignore = (): void => undefined;
