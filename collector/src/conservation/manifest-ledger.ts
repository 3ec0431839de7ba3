import type { Block } from '../log/write-ahead-log.js';

/** A block that ClickHouse has, as the log knows it. */
type Manifest = { readonly block: Block; readonly committedAt: number };

/** The manifests of the blocks that were committed lately: what ClickHouse must have. */
export type ManifestLedger = {
  /** Notes that a block is committed. Again for the same block: nothing. */
  note(block: Block): void;
  /** Those of the last hour, newest first, as many as one check may compare. */
  recent(): Manifest[];
};

const KEPT_MS = 60 * 60 * 1000;
/** Bounds the memory of the ledger; about a hundred bytes each. */
const MAX_BLOCKS = 50_000;
/** Bounds what one check reads. */
const MAX_ROWS = 20_000_000;

/** Starts empty. `nowMs` is a clock that does not jump; the default is monotonic. */
export const createManifestLedger = (nowMs: () => number = () => performance.now()): ManifestLedger => {
  const manifests = new Map<string, Manifest>();

  const forgetOld = (): void => {
    const oldest = nowMs() - KEPT_MS;
    // In the order of their commit.
    for (const [id, { committedAt }] of manifests) {
      if (committedAt >= oldest && manifests.size <= MAX_BLOCKS) return;
      manifests.delete(id);
    }
  };

  return {
    note(block) {
      const id = Buffer.from(block.id).toString('hex');
      if (manifests.has(id)) return;
      manifests.set(id, { block, committedAt: nowMs() });
      forgetOld();
    },
    recent() {
      forgetOld();
      const newestFirst = [...manifests.values()].reverse();
      let rows = 0;
      return newestFirst.filter(({ block }) => {
        rows += block.rows;
        return rows <= MAX_ROWS;
      });
    },
  };
};
