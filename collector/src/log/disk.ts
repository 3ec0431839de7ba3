import { type FileHandle, open, rename, unlink } from 'node:fs/promises';

/** A file that the log writes. */
export interface DiskFile {
  /** Resolves when the system has all bytes; they are not on the disk yet. */
  write(buffers: readonly Uint8Array[], position: number): Promise<void>;
  /** Resolves when what was written is on the disk. */
  sync(): Promise<void>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

/** Every way in which the log changes a disk. Tests hand in one that fails. */
export interface Disk {
  /** Creates a file that only this user can read and write. Rejects when it exists. */
  create(path: string): Promise<DiskFile>;
  /** Makes what a file holds survive a loss of power, whoever wrote it. */
  syncFile(path: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Within a directory. */
  rename(from: string, to: string): Promise<void>;
  /** Makes creations, renames and removals in a directory survive a loss of power. */
  syncDirectory(path: string): Promise<void>;
}

/** The disk of this computer. */
export const nodeDisk: Disk = {
  create: async (path) => toDiskFile(await open(path, 'wx', 0o600)),
  unlink,
  rename,
  syncFile: (path) => sync(path),
  // The system takes a directory for a file here.
  syncDirectory: (path) => sync(path),
};

const sync = async (path: string): Promise<void> => {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
};

const toDiskFile = (file: FileHandle): DiskFile => ({
  write: async (buffers, position) => {
    let rest = buffers;
    let at = position;
    while (rest.length > 0) {
      const { bytesWritten } = await file.writev(rest, at);
      at += bytesWritten;
      rest = withoutFirst(rest, bytesWritten);
    }
  },
  sync: () => file.datasync(),
  truncate: (size) => file.truncate(size),
  close: () => file.close(),
});

// A disk that is nearly full takes a part of what it is given.
const withoutFirst = (buffers: readonly Uint8Array[], bytes: number): readonly Uint8Array[] => {
  let skip = bytes;
  let first = 0;
  while (first < buffers.length && skip >= (buffers[first]?.byteLength ?? 0)) {
    skip -= buffers[first]?.byteLength ?? 0;
    first += 1;
  }
  const rest = buffers.slice(first);
  if (skip > 0 && rest[0]) rest[0] = rest[0].subarray(skip);
  return rest;
};
