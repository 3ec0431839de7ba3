import type { Disk, DiskFile } from '../disk.js';
import { nodeDisk } from '../disk.js';

/** What a disk is asked to do. */
export type DiskStep = 'create' | 'write' | 'sync' | 'syncFile' | 'truncate' | 'unlink' | 'rename' | 'syncDirectory';

/** A disk that fails as long as it is told to, and keeps count of what it did to which file. */
export const createFaultyDisk = () => {
  const failing = new Map<DiskStep, string>();
  const healing = new Set<DiskStep>();
  const steps: { step: DiskStep; path: string }[] = [];

  const attempt = async <Result>(step: DiskStep, path: string, action: () => Promise<Result>): Promise<Result> => {
    steps.push({ step, path });
    const code = failing.get(step);
    if (healing.delete(step)) failing.delete(step);
    if (code !== undefined) throw Object.assign(new Error(`${code}: simulated, ${step}`), { code });
    return action();
  };

  const toFaulty = (path: string, file: DiskFile): DiskFile => ({
    write: (buffers, position) => attempt('write', path, () => file.write(buffers, position)),
    sync: () => attempt('sync', path, () => file.sync()),
    truncate: (size) => attempt('truncate', path, () => file.truncate(size)),
    close: () => file.close(),
  });

  const disk: Disk = {
    create: (path) => attempt('create', path, async () => toFaulty(path, await nodeDisk.create(path))),
    syncFile: (path) => attempt('syncFile', path, () => nodeDisk.syncFile(path)),
    unlink: (path) => attempt('unlink', path, () => nodeDisk.unlink(path)),
    rename: (from, to) => attempt('rename', from, () => nodeDisk.rename(from, to)),
    syncDirectory: (path) => attempt('syncDirectory', path, () => nodeDisk.syncDirectory(path)),
  };

  return {
    disk,
    steps,
    /** From now on the step fails with this code; `null` heals it. */
    fail: (step: DiskStep, code: string | null) => {
      if (code === null) failing.delete(step);
      else failing.set(step, code);
    },
    /** Fails once. */
    failOnce: (step: DiskStep, code: string) => {
      failing.set(step, code);
      healing.add(step);
    },
  };
};
