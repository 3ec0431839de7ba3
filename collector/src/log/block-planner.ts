import { blockBytes, cutRows } from './block-bytes.js';
import { createManifest } from './create-manifest.js';
import { cutRuns, type RunPart } from './cut-runs.js';
import type { Failpoint } from './failpoint.js';
import type { GroupCommit } from './group-commit.js';
import type { PlanHead } from './heads.js';
import type { BlockState, Ledger, RowGroup } from './ledger.js';
import type { Losses } from './losses.js';
import { type BlockLimits, pickRuns } from './pick-runs.js';
import { readRuns } from './read-runs.js';
import { RECORD_TYPES } from './record.js';
import type { RowRun } from './row-run.js';
import type { LogFiles } from './stored-block.js';
import { toRecord } from './to-record.js';

/** A block that was just planned, with its rows as the log holds them. */
export type PlannedBlock = { readonly block: BlockState; readonly rows: Uint8Array };

/** Makes blocks of rows. They are on disk when a promise resolves. */
export interface BlockPlanner {
  /** A block of the oldest rows of a group; several when a single request is too large for one. One call at a time. */
  plan(group: RowGroup): Promise<PlannedBlock[]>;
  /** Replaces a block by parts of it. */
  replace(block: BlockState, parts: readonly RunPart[]): Promise<PlannedBlock[]>;
}

/** What `createBlockPlanner` takes. */
export type BlockPlannerOptions = {
  readonly epoch: string;
  readonly ledger: Ledger;
  readonly commit: GroupCommit;
  readonly files: LogFiles;
  readonly limits: BlockLimits;
  readonly failpoint: Failpoint;
  readonly losses: Losses;
};

/** Creates a planner. */
export const createBlockPlanner = (options: BlockPlannerOptions): BlockPlanner => {
  const { epoch, ledger, commit, files, limits, failpoint, losses } = options;

  const write = async (
    { table, day, layout }: Pick<RowGroup, 'table' | 'day' | 'layout'>,
    parts: readonly RunPart[],
    replaces: string | null,
  ): Promise<PlannedBlock[]> => {
    const blocks = parts.map((part) =>
      createManifest({ epoch, number: ledger.newNumber(), table, day, layout, ...part }),
    );
    const head: PlanHead = { replaces, blocks };
    const position = await commit.write(toRecord(RECORD_TYPES.plan, head), 'control');
    failpoint('log.afterManifest');
    const added = ledger.addPlan(head, position);
    return added.map((block, index) => ({ block, rows: parts[index]?.bytes ?? new Uint8Array() }));
  };

  const cut = (runs: readonly RowRun[], bytes: Uint8Array): RunPart[] => {
    const [, , length, rows] = runs[0] ?? [0, 0, 0, 0];
    const isTooLarge = rows > limits.maxRows || blockBytes({ rows, bytes: length }) > limits.maxBytes;
    if (!isTooLarge) return [{ runs, bytes }];
    // A buffer of its own: that of the pool is given back with the first of the blocks.
    return cutRuns(runs, Buffer.from(bytes), cutRows(bytes, limits));
  };

  return {
    plan: async (group) => {
      const { bytes, intact, damaged } = await readRuns(pickRuns(group, limits), files);
      if (damaged.length > 0) {
        ledger.lose(group, damaged);
        losses.add(damaged);
      }
      return intact.length === 0 ? [] : write(group, cut(intact, bytes), null);
    },
    replace: (block, parts) => write(block, parts, block.id),
  };
};
