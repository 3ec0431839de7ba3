import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disk } from './disk.js';

/** A file that does nothing but hold room, so that a log on a full disk can still record what it may remove. */
export interface Reserve {
  /** Takes the room unless it is held. Resolves also where the disk has none; `isHeld` tells. */
  take(): Promise<void>;
  /** Gives the room back to the disk. */
  release(): Promise<void>;
  isHeld(): boolean;
}

/** Bytes that the reserve holds. */
export const RESERVE_BYTES = 1024 * 1024;

/** Creates the reserve of a log's directory, which may be there from before. */
export const createReserve = ({ directory, disk }: { directory: string; disk: Disk }): Reserve => {
  const path = join(directory, 'reserve');
  let isHeld = false;

  const remove = (): Promise<void> => disk.unlink(path).catch(() => undefined);

  const create = async (): Promise<void> => {
    const file = await disk.create(path);
    try {
      await file.write([Buffer.alloc(RESERVE_BYTES)], 0);
      await file.sync();
    } finally {
      await file.close();
    }
  };

  return {
    take: async () => {
      if (isHeld) return;
      const size = await stat(path).then(
        (found) => found.size,
        () => null,
      );
      if (size !== RESERVE_BYTES) {
        if (size !== null) await remove();
        const created = await create().then(
          () => true,
          () => false,
        );
        if (!created) return remove();
      }
      isHeld = true;
    },
    release: async () => {
      isHeld = false;
      await remove();
    },
    isHeld: () => isHeld,
  };
};
