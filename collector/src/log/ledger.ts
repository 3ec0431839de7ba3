import type { TableName } from '@signalbox/store';
import type { Manifest, PlanHead, RowsHead } from './heads.js';
import type { RowRun } from './row-run.js';
import type { RecordPosition } from './segment-writer.js';

/** What is known of a block without reading it. */
export type BlockState = Omit<Manifest, 'runs'> & {
  /** The record that holds its manifest, and its place in it. */
  readonly plan: RecordPosition & { readonly index: number };
  /** The segments that hold its rows, with how many. */
  readonly rowsBySegment: ReadonlyMap<number, number>;
  /**
   * `waiting` for its turn, `outstanding` at the exporter, `committed` to ClickHouse and still readable, `replaced` while the
   * plan of the blocks in its place is written.
   */
  status: 'waiting' | 'outstanding' | 'committed' | 'replaced';
};

/** Rows of one table, day and layout that are in no block yet, oldest first. */
export type RowGroup = {
  readonly table: TableName;
  readonly day: number;
  readonly layout: number;
  readonly runs: Map<string, RowRun>;
  rows: number;
  bytes: number;
  /** When the oldest came, on the clock of `performance.now`. */
  since: number;
};

/** What is in the log, without the rows: which wait for a block, which block has what state, what a segment still holds. */
export interface Ledger {
  /** Notes the sections of a request whose record is on the disk. `since` is when they came. */
  addRows(rows: { head: RowsHead; segment: number; bodyOffset: number; since: number }): void;
  /** Notes blocks whose plan is on the disk. Returns them. */
  addPlan(head: PlanHead, position: RecordPosition): BlockState[];
  /** Gives up rows that are in no block and cannot be read. */
  lose(group: RowGroup, runs: readonly RowRun[]): void;
  /** Ends a block. It stays readable when it was `committed`, until a segment of it goes. */
  finish(id: string, how: 'committed' | 'parked' | 'replaced'): void;
  block(id: string): BlockState | undefined;
  /** In the order in which they were planned. */
  blocks(): IterableIterator<BlockState>;
  groups(): IterableIterator<RowGroup>;
  /** Runs of all groups. */
  waitingRuns(): number;
  /** Rows of a segment that are not in ClickHouse or the dead letters yet. */
  openRows(segment: number): number;
  /** Rows of all segments that are not yet there. */
  totalOpenRows(): number;
  /** Forgets the committed blocks that lie in segments before this one, which were removed. */
  forgetBefore(segment: number): void;
  /** A number that no block has. */
  newNumber(): number;
}

/** Creates the ledger of an empty log. */
export const createLedger = (): Ledger => {
  const groups = new Map<string, RowGroup>();
  const blocks = new Map<string, BlockState>();
  const openRows = new Map<number, number>();
  let lastNumber = 0;

  const hold = (segment: number, rows: number): void => {
    const left = (openRows.get(segment) ?? 0) + rows;
    if (left === 0) openRows.delete(segment);
    else openRows.set(segment, left);
  };

  const groupOf = (key: GroupKey, since: number): RowGroup => {
    const found = groups.get(toGroupKey(key));
    if (found) return found;
    const created: RowGroup = { ...key, runs: new Map(), rows: 0, bytes: 0, since };
    groups.set(toGroupKey(key), created);
    return created;
  };

  const add = (group: RowGroup, run: RowRun): void => {
    group.runs.set(toKey(run), run);
    group.bytes += run[2];
    group.rows += run[3];
    hold(run[0], run[3]);
  };

  const remove = (group: RowGroup, run: RowRun): void => {
    const found = group.runs.get(toKey(run));
    if (!found) return;
    group.runs.delete(toKey(run));
    group.bytes -= found[2];
    group.rows -= found[3];
    hold(found[0], -found[3]);
    if (group.runs.size === 0) groups.delete(toGroupKey(group));
  };

  const addBlock = (manifest: Manifest, plan: BlockState['plan']): BlockState => {
    const { runs, ...state } = manifest;
    const rowsBySegment = new Map<number, number>();
    for (const [segment, , , rows] of runs) {
      rowsBySegment.set(segment, (rowsBySegment.get(segment) ?? 0) + rows);
      hold(segment, rows);
    }
    const block: BlockState = { ...state, plan, rowsBySegment, status: 'waiting' };
    blocks.set(state.id, block);
    lastNumber = Math.max(lastNumber, state.number);
    return block;
  };

  // A run of a manifest is one of the group, or a part of one: then all its parts are planned together.
  const leaveGroup = (manifest: Manifest): void => {
    const group = groups.get(toGroupKey(manifest));
    if (!group) return;
    for (const run of manifest.runs) remove(group, run);
    group.since = performance.now();
  };

  const finish: Ledger['finish'] = (id, how) => {
    const block = blocks.get(id);
    if (!block || block.status === 'committed') return;
    for (const [segment, rows] of block.rowsBySegment) hold(segment, -rows);
    if (how === 'committed') block.status = 'committed';
    else blocks.delete(id);
  };

  return {
    addRows: ({ head, segment, bodyOffset, since }) => {
      let offset = bodyOffset;
      for (const [table, day, rows, bytes, checksum] of head.sections) {
        add(groupOf({ table, day, layout: head.layout }, since), [segment, offset, bytes, rows, checksum]);
        offset += bytes;
      }
    },
    addPlan: ({ replaces, blocks: manifests }, position) => {
      const added = manifests.map((manifest, index) => addBlock(manifest, { ...position, index }));
      if (replaces !== null) finish(replaces, 'replaced');
      else for (const manifest of manifests) leaveGroup(manifest);
      return added;
    },
    lose: (group, runs) => {
      for (const run of runs) remove(group, run);
    },
    finish,
    block: (id) => blocks.get(id),
    blocks: () => blocks.values(),
    groups: () => groups.values(),
    waitingRuns: () => groups.values().reduce((sum, { runs }) => sum + runs.size, 0),
    openRows: (segment) => openRows.get(segment) ?? 0,
    totalOpenRows: () => openRows.values().reduce((sum, rows) => sum + rows, 0),
    forgetBefore: (segment) => {
      for (const { id, status, rowsBySegment } of blocks.values())
        if (status === 'committed' && rowsBySegment.keys().some((number) => number < segment))
          blocks.delete(id);
    },
    newNumber: () => {
      lastNumber += 1;
      return lastNumber;
    },
  };
};

type GroupKey = Pick<RowGroup, 'table' | 'day' | 'layout'>;

const toGroupKey = ({ table, day, layout }: GroupKey): string => `${table}|${day}|${layout}`;

const toKey = ([segment, offset]: RowRun): string => `${segment}:${offset}`;
