import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { link } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Disk, nodeDisk } from '../disk.js';
import { testDirectory } from './test-log.js';

/** What is left of a file after a loss of power: `all` that was written, what was `synced`, or something between. */
export type Remains = 'all' | 'synced' | 'between';

/**
 * A disk that knows what a loss of power may take: bytes that were written and not synced, and names that came or went since
 * their directory was synced.
 */
export const createFragileDisk = () => {
  const synced = new Map<string, number>();
  const newNames = new Set<string>();
  /** Removed names, with where the content still is until the directory is synced. */
  const oldNames = new Map<string, string>();
  const attic = testDirectory();

  const disk: Disk = {
    create: async (path) => {
      const file = await nodeDisk.create(path);
      newNames.add(path);
      synced.set(path, 0);
      let written = 0;
      return {
        ...file,
        write: async (buffers, position) => {
          await file.write(buffers, position);
          written = Math.max(written, position + buffers.reduce((sum, { byteLength }) => sum + byteLength, 0));
        },
        // Only noted: the test decides what is lost.
        sync: async () => {
          synced.set(path, written);
        },
      };
    },
    syncFile: async (path) => {
      synced.set(path, statSync(path).size);
    },
    unlink: async (path) => {
      const kept = join(attic, `${oldNames.size}-${basename(path)}`);
      await link(path, kept);
      await nodeDisk.unlink(path);
      if (!newNames.delete(path)) oldNames.set(path, kept);
    },
    rename: async (from, to) => {
      await nodeDisk.rename(from, to);
      newNames.delete(from);
      newNames.add(to);
      synced.set(to, synced.get(from) ?? 0);
    },
    syncDirectory: async (path) => {
      for (const name of [...newNames, ...oldNames.keys()]) {
        if (dirname(name) !== path) continue;
        newNames.delete(name);
        oldNames.delete(name);
      }
    },
  };

  /** Copies the log's directory as a loss of power may leave it. */
  const copyRemains = (directory: string, target: string, remains: Remains): void => {
    mkdirSync(target, { mode: 0o700 });
    for (const name of readdirSync(directory)) {
      const path = join(directory, name);
      const isLost = remains !== 'all' && newNames.has(path);
      if (!isLost && statSync(path).isFile() && name !== 'lock') copyTo(path, join(target, name), remains);
    }
    if (remains !== 'synced') return;
    for (const [path, kept] of oldNames)
      if (dirname(path) === directory && !existsSync(path)) copyTo(kept, join(target, basename(path)), 'all');
  };

  const copyTo = (path: string, copy: string, remains: Remains): void => {
    copyFileSync(path, copy);
    const { size } = statSync(path);
    const safe = synced.get(path) ?? size;
    if (remains === 'synced') truncateSync(copy, safe);
    if (remains === 'between') truncateSync(copy, Math.floor((safe + size) / 2));
  };

  return { disk, copyRemains };
};
