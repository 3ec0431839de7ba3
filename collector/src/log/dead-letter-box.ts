import { createHash } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { encodeDeadLetter, readDeadLetter } from './dead-letter-file.js';
import { deadLetterFolder, listFiles, toFileName } from './dead-letter-folder.js';
import type { Disk } from './disk.js';
import type { DeadLetterHead } from './heads.js';
import type { LogEntry } from './write-ahead-log.js';

/** The dead letters as the open log uses them. */
export interface DeadLetterBox {
  /** Writes a dead letter. It is on disk when this resolves. Writing it again changes nothing. */
  put(head: DeadLetterHead, rows: Uint8Array): Promise<void>;
  /**
   * Drops the dead letters of blocks that still wait for ClickHouse: a process was killed before it could note that they were
   * parked. The rows would come twice.
   */
  dropUnfinished(isWaiting: (blockId: string) => boolean): Promise<void>;
  /**
   * Takes what was marked to be inserted once more into the log, and removes the files. A crash between the two does no
   * harm: the log recognises what it has.
   */
  replay(log: ReplayTarget): Promise<void>;
  /** Bytes of all dead letters. */
  bytes(): number;
}

/** Where replayed dead letters go. */
type ReplayTarget = {
  /** Takes rows of a layout into the log. */
  readonly append: (entry: LogEntry, layout: number) => Promise<void>;
  readonly logger: Logger;
};

/** Opens the dead letters of a log's directory. */
export const createDeadLetterBox = async ({
  directory,
  disk,
}: {
  directory: string;
  disk: Disk;
}): Promise<DeadLetterBox> => {
  const folder = deadLetterFolder(directory);
  let bytes = await countBytes(directory);

  const put = async (head: DeadLetterHead, rows: Uint8Array): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await disk.syncDirectory(directory);
    const draft = join(folder, `${head.id}.draft`);
    await disk.unlink(draft).catch(unlessMissing);
    const file = await disk.create(draft);
    try {
      await file.write(encodeDeadLetter(head, rows), 0);
      await file.sync();
    } finally {
      await file.close();
    }
    await disk.rename(draft, join(folder, toFileName(head.id, 'parked')));
    await disk.syncDirectory(folder);
  };

  const takeBack = async (path: string, { append, logger }: ReplayTarget): Promise<void> => {
    const letter = await readDeadLetter(path);
    if (!letter) {
      const file = `${path}.damaged`;
      await disk.rename(path, file);
      return logger.error({ file }, 'A dead letter is damaged. It is kept, and not inserted.');
    }
    const { id, table, day, layout, rows, parkedAt } = letter.head;
    const bodyHash = createHash('sha256').update(`dead letter ${id} ${parkedAt}`).digest();
    const sections = [{ table, day, rows, bytes: letter.rows }];
    await append({ bodyHash, answer: { rejected: 0, message: '' }, sections }, layout);
    await disk.unlink(path);
    await disk.syncDirectory(folder);
  };

  return {
    put: async (head, rows) => {
      await put(head, rows);
      bytes = await countBytes(directory);
    },
    dropUnfinished: async (isWaiting) => {
      const unfinished = (await listFiles(directory)).filter(({ id }) => isWaiting(id));
      for (const { path } of unfinished) await disk.unlink(path);
      if (unfinished.length === 0) return;
      await disk.syncDirectory(folder);
      bytes = await countBytes(directory);
    },
    replay: async (target) => {
      const marked = (await listFiles(directory)).filter(({ isReplaying }) => isReplaying);
      for (const { path } of marked) await takeBack(path, target);
      bytes = await countBytes(directory);
    },
    bytes: () => bytes,
  };
};

const countBytes = async (directory: string): Promise<number> => {
  const files = await listFiles(directory);
  const sizes = await Promise.all(
    files.map(async ({ path }) => (await stat(path).catch(() => null))?.size ?? 0),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
};

const unlessMissing = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'ENOENT') throw error;
};
