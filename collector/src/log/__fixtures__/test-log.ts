import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TableName } from '@signalbox/store';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { RowSection } from '../../rows/row-section.js';
import { type Disk, nodeDisk } from '../disk.js';
import type { LogOptions } from '../log-options.js';
import { openLog, type WriteAheadLog } from '../open-log.js';
import type { Block, LogEntry } from '../write-ahead-log.js';

/** A directory that goes with the test. */
export const testDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'signalbox-log-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};

/** A disk that does not sync: for tests that open hundreds of logs, and lose no power. */
export const hastyDisk: Disk = {
  ...nodeDisk,
  create: async (path) => ({ ...(await nodeDisk.create(path)), sync: async () => undefined }),
  syncDirectory: async () => undefined,
};

/** A log that ends with the test. Blocks are due at once. */
export const openTestLog = async (options: Partial<LogOptions> & { directory: string }): Promise<WriteAheadLog> => {
  const log = await openLog({
    logger: pino({ level: 'silent' }),
    failpoint: () => undefined,
    blockAgeMs: 0,
    syncDelayMs: 0,
    ...options,
  });
  onTestFinished(() => log.close());
  return log;
};

/** Rows as the encoder writes them; the text of a row is all that it holds. */
export const section = (
  rows: readonly string[],
  { table = 'otel_traces', day = 20_000 }: { table?: TableName; day?: number } = {},
): RowSection => {
  const parts = rows.map((text) => {
    const row = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(row.byteLength);
    return Buffer.concat([length, row]);
  });
  return { table, day, rows: rows.length, bytes: Buffer.concat(parts) };
};

/** The hash of a request that is told from others by its name. */
export const hashOf = (name: string): Uint8Array => createHash('sha256').update(name).digest();

/** A request with these rows in `otel_traces`, or with these sections. */
export const entry = (
  name: string,
  content: readonly string[] | readonly RowSection[] = [name],
  { rejected = 0, message = '' } = {},
): LogEntry => ({
  bodyHash: hashOf(name),
  answer: { rejected, message },
  sections: content.every((part) => typeof part === 'string') ? [section(content)] : content,
});

/** The rows of a block, with what the log put before each checked. */
export const rowsOf = async (block: Block): Promise<string[]> => {
  const bytes = Buffer.from(await block.read());
  if (bytes.byteLength !== block.bytes) throw new Error(`${bytes.byteLength} bytes, said ${block.bytes}`);
  const rows: string[] = [];
  // The rows of a test are as long as their text, which ends with a full stop.
  let at = 0;
  while (at < bytes.byteLength) {
    const id = bytes.subarray(at, at + 16);
    if (!id.equals(block.id)) throw new Error(`row ${rows.length} has the block ${id.toString('hex')}`);
    if (bytes.readUInt32LE(at + 16) !== rows.length) throw new Error(`row ${rows.length} has another number`);
    const end = bytes.indexOf('.', at + 20) + 1;
    rows.push(bytes.subarray(at + 20, end).toString());
    at = end;
  }
  if (rows.length !== block.rows) throw new Error(`${rows.length} rows, said ${block.rows}`);
  return rows;
};

/** Takes the block that comes next. Throws when the log is closing. */
export const nextBlock = async (log: WriteAheadLog): Promise<Block> => {
  const block = await log.next();
  if (!block) throw new Error('there is no next block');
  return block;
};

/** All rows that are in no block yet or in one that is not committed. Commits them. */
export const drain = async (log: WriteAheadLog): Promise<string[]> => {
  const rows: string[] = [];
  while (log.stats().openRows > 0) {
    const block = await nextBlock(log);
    rows.push(...(await rowsOf(block)));
    await log.commit(block);
  }
  return rows;
};
