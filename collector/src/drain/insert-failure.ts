import type { HttpAnswer } from './clickhouse-http.js';

/** What to do about an insert that failed. Sending again is always safe: rows that come again replace themselves. */
export type FailureKind =
  /** It passes: the same block again, with growing pauses, for as long as it takes. */
  | 'transient'
  /** The rows are at fault and none was stored: the block is cut until the bad row is alone. */
  | 'data'
  /** A materialized view failed, so the rows may be stored: the block is set aside and tried again now and then, whole. */
  | 'after-write'
  /** Somebody has to act: a table, a grant or the login is wrong. Everything waits, nothing is dropped. */
  | 'configuration'
  /** The log's own bytes are damaged: the block is dropped, and what is left of it comes as another one. */
  | 'damaged';

/** A failed insert. `reason` may be logged and kept: it names codes, never rows. */
export type InsertFailure = {
  readonly kind: FailureKind;
  readonly reason: string;
  /** ClickHouse's own number, `null` without an answer of ClickHouse. */
  readonly code: number | null;
};

// ClickHouse's own numbers. The HTTP status does not tell: 500 stands for a full disk and for a bad row alike.
const CODES: Readonly<Record<Exclude<FailureKind, 'damaged'>, readonly number[]>> = {
  // Timeouts, memory, disk, merges behind, replication, and 216: the attempt before is still running.
  transient: [159, 202, 209, 210, 216, 225, 236, 241, 242, 243, 252, 285, 286, 319, 394, 999],
  // A column, table, database or setting is unknown; a grant or the login is wrong; the server is read-only.
  configuration: [16, 47, 60, 62, 81, 115, 164, 192, 193, 194, 195, 497, 516, 700],
  'after-write': [395],
  data: [6, 25, 26, 27, 33, 38, 41, 53, 70, 72, 117, 128, 131, 306, 349, 407, 469],
};

const KIND_BY_CODE: ReadonlyMap<number, FailureKind> = new Map(
  Object.entries(CODES).flatMap(([kind, codes]) => codes.map((code) => [code, kind as FailureKind])),
);

const TIMEOUT_EXCEEDED = 159;
const MEMORY_LIMIT = 241;
const TOO_MANY_PARTS_OR_PARTITIONS = 252;
const NAMES_A_VIEW = /pushing to view|materialized view/i;
const NAME_OF_CODE = /\(([A-Z][A-Z0-9_]+)\)/g;

/** What an answer to an insert means; `null` when the rows are stored. */
export const failureOfAnswer = ({ status, exceptionCode, body }: HttpAnswer): InsertFailure | null => {
  if (exceptionCode === null) {
    if (status === 200 && body.length === 0) return null;
    const reason = `ClickHouse, or a proxy before it, answered with HTTP ${status} and no exception code`;
    return { kind: 'transient', reason, code: null };
  }
  const text = body.toString('latin1');
  const name = [...text.matchAll(NAME_OF_CODE)].at(-1)?.[1];
  const code = Number(exceptionCode);
  const reason = `ClickHouse answered with code ${code}${name === undefined ? '' : ` (${name})`}`;
  return { kind: kindOf(code, text), reason, code };
};

/** True when ClickHouse is there and gave the insert up for the time or the memory that it took: a smaller one may do. */
export const isTooMuch = ({ code }: InsertFailure): boolean =>
  code === TIMEOUT_EXCEEDED || code === MEMORY_LIMIT;

/** True when ClickHouse answered with a number that is not known here, so that it may never pass. */
export const isUnfamiliar = ({ code }: InsertFailure): boolean => code !== null && !KIND_BY_CODE.has(code);

/** What a request without an answer means: the outcome is unknown, so the same block goes again. */
export const failureOfError = (error: unknown): InsertFailure => {
  const { code, message } = error as NodeJS.ErrnoException;
  return { kind: 'transient', reason: `ClickHouse did not answer: ${message || code || error}`, code: null };
};

// What passes, and what somebody has to put right, is that in a view too: the block is held whole either way.
const kindOf = (code: number, text: string): FailureKind => {
  // One number for two things: too many parts passes, too many partitions in one block never does.
  const neverFits = code === TOO_MANY_PARTS_OR_PARTITIONS && /too many partitions/i.test(text);
  const kind = neverFits ? 'data' : KIND_BY_CODE.get(code);
  if (kind === 'transient' || kind === 'configuration') return kind;
  if (NAMES_A_VIEW.test(text)) return 'after-write';
  return kind ?? 'transient';
};
