import { closeSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { DeadLetterHead } from './heads.js';
import { encodeFrame, RECORD_TYPES } from './record.js';
import { type FoundRecord, readRecordAt } from './scan-segment.js';

// A dead letter can be read without the log that wrote it, so its checksum starts from nothing.
const SALT = 0;

type StoredHead = DeadLetterHead & { readonly checksum: number };

/** The bytes of a dead letter's file. */
export const encodeDeadLetter = (head: DeadLetterHead, rows: Uint8Array): Uint8Array[] => {
  const stored: StoredHead = { ...head, checksum: crc32(rows) };
  const json = Buffer.from(JSON.stringify(stored));
  const frame = { type: RECORD_TYPES.deadLetter, head: json, bodyBytes: rows.byteLength, seq: 0 };
  return [encodeFrame(frame, SALT), rows];
};

/** What a dead letter's file says about its rows; `null` when it is damaged. Throws when there is no such file. */
export const readDeadLetterHead = (path: string): DeadLetterHead | null => {
  const record = readRecord(path);
  return record && toHead(record);
};

/** The rows of a dead letter, as the log held them; `null` when the file is damaged. Rejects when there is none. */
export const readDeadLetter = async (
  path: string,
): Promise<{ readonly head: DeadLetterHead; readonly rows: Uint8Array } | null> => {
  const record = readRecord(path);
  if (!record) return null;
  const head = toHead(record);
  const rows = Buffer.allocUnsafe(record.frame.bodyBytes);
  const file = await open(path, 'r');
  try {
    await file.read(rows, 0, rows.byteLength, record.bodyOffset);
  } finally {
    await file.close();
  }
  return crc32(rows) === head.checksum ? { head, rows } : null;
};

const readRecord = (path: string): FoundRecord | null => {
  const fd = openSync(path, 'r');
  try {
    return readRecordAt(fd, 0, SALT);
  } finally {
    closeSync(fd);
  }
};

const toHead = ({ head }: FoundRecord): StoredHead => JSON.parse(head.toString());
