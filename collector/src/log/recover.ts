import { randomUUID } from 'node:crypto';
import { closeSync, openSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LogFailedError } from '@signalbox/spec';
import type { BodyIndex } from './body-index.js';
import { createReplay, type RecoveryReport } from './create-replay.js';
import type { SegmentHead } from './heads.js';
import type { Ledger } from './ledger.js';
import { createQuarantine } from './quarantine.js';
import { RECORD_TYPES, saltOf } from './record.js';
import { type FoundRecord, readRecordAt } from './scan-segment.js';
import { parseSegmentName, type SegmentName, toSegmentName } from './segment-name.js';
import type { LogEnd, SegmentFile } from './segment-writer.js';

/** What a log held when it was opened. */
export type Recovered = {
  readonly epoch: string;
  readonly salt: number;
  readonly end: LogEnd;
  readonly segments: Map<number, SegmentFile>;
  readonly report: RecoveryReport;
};

/** What `recoverLog` takes. It fills the ledger and the index. */
export type RecoverOptions = {
  readonly directory: string;
  readonly ledger: Ledger;
  readonly bodyIndex: BodyIndex;
};

/**
 * Reads what a log holds. Its time and memory grow with the number of records, not with the rows. Damage is counted, put
 * aside and passed over. Rejects with LogFailedError when the log is of a newer format, or two logs lie in one directory.
 */
export const recoverLog = async (options: RecoverOptions): Promise<Recovered> => {
  const { directory, ledger } = options;
  const quarantine = createQuarantine(directory);
  const names = (await readdir(directory)).sort().flatMap((file) => parseSegmentName(file) ?? []);
  const epoch = onlyEpoch(names, directory);
  const salt = saltOf(epoch);
  const found = names.map((name) => findSegment(name, { directory, salt }));
  const foreign = found.filter(isForeign);
  for (const { path } of foreign) await quarantine.move(path);
  const segments = found.filter((segment) => !isForeign(segment));

  const replay = createReplay({
    ...options,
    quarantine,
    salt,
    torn: segments.flatMap(({ head }) => head?.torn ?? []),
  });
  for (const [index, segment] of segments.entries())
    await replay.read(segment, endOf(segment, segments[index + 1]));
  ledger.forgetBefore(segments[0]?.segment ?? 0);
  const { report, next } = replay;
  report.foreignFiles = foreign.length;
  report.missingSegments = countMissing(segments);
  return { epoch, salt, end: next(), segments: new Map(segments.map(toEntry)), report };
};

type Segment = SegmentName & SegmentFile & { readonly head: SegmentHead | null };

const onlyEpoch = (names: readonly SegmentName[], directory: string): string => {
  const [epoch = randomUUID(), other] = new Set(names.map((name) => name.epoch));
  if (other === undefined) return epoch;
  const reason = `it holds segments of two logs, ${epoch} and ${other}; move one of them elsewhere`;
  throw new LogFailedError({ directory, reason });
};

const findSegment = (
  name: SegmentName,
  { directory, salt }: { directory: string; salt: number },
): Segment => {
  const path = join(directory, toSegmentName(name));
  const { size, mtimeMs } = statSync(path);
  const fd = openSync(path, 'r');
  try {
    const first = readRecordAt(fd, 0, salt);
    const head = first?.frame.type === RECORD_TYPES.segment ? parseHead(first) : null;
    return { ...name, path, bytes: size, writtenAt: mtimeMs, head };
  } finally {
    closeSync(fd);
  }
};

const parseHead = ({ head }: FoundRecord): SegmentHead => JSON.parse(head.toString());

const isForeign = ({ segment, head }: Segment): boolean => head !== null && head.segment !== segment;

// What the next segment says; `undefined` when it says nothing, and the records are to be looked for to the end.
const endOf = ({ segment }: Segment, next: Segment | undefined): number | undefined =>
  next?.head?.previous?.segment === segment ? next.head.previous.end : undefined;

const countMissing = (segments: readonly Segment[]): number =>
  segments.reduce((count, { segment, head }, index) => {
    const before = segments[index - 1]?.segment;
    const follows = before === undefined || head?.previous?.segment === before;
    return follows ? count : count + segment - before - 1;
  }, 0);

const toEntry = ({ segment, path, bytes, writtenAt }: Segment): [number, SegmentFile] => [
  segment,
  { path, bytes, writtenAt },
];
