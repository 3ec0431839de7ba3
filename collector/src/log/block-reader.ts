import { LogFailedError } from '@signalbox/spec';
import { blockBytes, toBlockBytes } from './block-bytes.js';
import type { PlannedBlock } from './block-planner.js';
import type { BlockState } from './ledger.js';
import { type LogFiles, readStoredBlock, type StoredBlock } from './stored-block.js';
import type { Block } from './write-ahead-log.js';

/** Gives blocks their bytes. */
export interface BlockReader {
  /** The block as the exporter sees it. */
  toBlock(state: BlockState): Block;
  /** Keeps the rows of a block that was just planned until they are read once, so that this needs no disk. */
  hold(planned: PlannedBlock): void;
  /** Forgets what is held for a block. */
  release(id: string): void;
  /** The rows of a block as the log holds them. Rejects with LogFailedError when they are damaged. */
  readRows(state: BlockState): Promise<StoredBlock>;
}

/** What `createBlockReader` takes. */
export type BlockReaderOptions = {
  readonly files: LogFiles;
  /** Told of a block whose bytes are no longer those that its id was made of. Puts what is left in its place, unless it is committed. */
  readonly onDamaged: (state: BlockState, stored: StoredBlock) => Promise<void>;
  /** Told of a block that the system could not read for now, such as for lack of file descriptors. */
  readonly onUnreadable: (state: BlockState) => void;
};

/** Creates a reader. */
export const createBlockReader = ({ files, onDamaged, onUnreadable }: BlockReaderOptions): BlockReader => {
  const { buffers } = files;
  const held = new Map<string, Uint8Array>();

  const readRows = async (state: BlockState): Promise<StoredBlock> => {
    const stored = await readStoredBlock(state, files);
    if (stored.damaged.length === 0) return stored;
    await onDamaged(state, stored);
    throw new LogFailedError({
      directory: files.directory,
      reason: `block ${state.id} of ${state.table} is damaged: ${stored.damaged.length} of ${stored.manifest.runs.length} pieces cannot be read back`,
    });
  };

  const readOrExcuse = (state: BlockState): Promise<StoredBlock> =>
    readRows(state).catch((cause: unknown) => {
      if (LogFailedError.isInstance(cause)) throw cause;
      onUnreadable(state);
      const reason = `block ${state.id} of ${state.table} cannot be read: ${String(cause)}`;
      throw new LogFailedError({ directory: files.directory, reason, cause });
    });

  const takeHeld = (id: string): Uint8Array | undefined => {
    const rows = held.get(id);
    held.delete(id);
    return rows;
  };

  return {
    readRows,
    hold: ({ block, rows }) => held.set(block.id, rows),
    release: (id) => held.delete(id),
    toBlock: (state) => {
      const { table, day, layout, rows, bytes } = state;
      const id = Buffer.from(state.id, 'hex');
      const read = async (): Promise<Uint8Array> => {
        const stored = takeHeld(state.id) ?? (await readOrExcuse(state)).bytes;
        const block = toBlockBytes({ id, rows }, stored, buffers);
        buffers.give(stored);
        return block;
      };
      return {
        ...{ id, table, day, layout, rows, bytes: blockBytes({ rows, bytes }) },
        read,
        giveBack: buffers.give,
      };
    },
  };
};
