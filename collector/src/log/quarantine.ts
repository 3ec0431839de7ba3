import { constants, createReadStream } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Keeps what is damaged for people to look at, so that nothing is lost by passing over it. */
export interface Quarantine {
  /** Copies bytes of a file. Zeroes are not worth it. What was copied before is not copied again. */
  keep(path: string, range: { readonly offset: number; readonly bytes: number }): Promise<void>;
  /** Moves a whole file. */
  move(path: string): Promise<void>;
}

/** The most that one start of a log copies. */
const MAX_QUARANTINE_BYTES = 64 * 1024 * 1024;

/** Creates the quarantine of a log's directory. The folder comes into being with the first damage. */
export const createQuarantine = (logDirectory: string): Quarantine => {
  const directory = join(logDirectory, 'quarantine');
  let left = MAX_QUARANTINE_BYTES;

  return {
    keep: async (path, { offset, bytes }) => {
      if (bytes > left || (await isZero(path, offset, bytes))) return;
      left -= bytes;
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const target = join(directory, `${basename(path)}-${offset}`);
      const copy = await open(target, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600).catch(
        () => null,
      );
      if (!copy) return;
      try {
        for await (const chunk of pieces(path, offset, bytes)) await copy.write(chunk);
      } finally {
        await copy.close();
      }
    },
    move: async (path) => {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await rename(path, join(directory, basename(path)));
    },
  };
};

const pieces = (path: string, offset: number, bytes: number): AsyncIterable<Buffer> =>
  createReadStream(path, { start: offset, end: offset + bytes - 1 });

const isZero = async (path: string, offset: number, bytes: number): Promise<boolean> => {
  if (bytes === 0) return true;
  for await (const chunk of pieces(path, offset, bytes)) if (chunk.some((byte) => byte !== 0)) return false;
  return true;
};
