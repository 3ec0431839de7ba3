import type { Logger } from 'pino';
import type { BlockPlanner, PlannedBlock } from './block-planner.js';
import { createBlockReader } from './block-reader.js';
import { cutRuns, type RunPart } from './cut-runs.js';
import type { DeadLetterBox } from './dead-letter-box.js';
import type { Failpoint } from './failpoint.js';
import type { GroupCommit } from './group-commit.js';
import type { DoneHead } from './heads.js';
import type { BlockState, Ledger, RowGroup } from './ledger.js';
import type { Losses } from './losses.js';
import { type BlockLimits, dueAt } from './pick-runs.js';
import { RECORD_TYPES } from './record.js';
import type { LogFiles } from './stored-block.js';
import { toRecord } from './to-record.js';
import { createWaker } from './waker.js';
import type { Block, BlockQueue } from './write-ahead-log.js';

/** The draining side, with what the log tells it. */
export type InnerBlockQueue = BlockQueue & {
  /** Rows came. */
  notice(): void;
  /** Ends `next`. */
  close(): void;
};

/** What `createBlockQueue` takes. */
export type BlockQueueOptions = {
  readonly epoch: string;
  readonly ledger: Ledger;
  readonly commit: GroupCommit;
  readonly planner: BlockPlanner;
  readonly files: LogFiles;
  readonly limits: BlockLimits;
  /** Runs that wait for a block, at the most: beyond it blocks are planned before anyone asks for them. */
  readonly maxWaitingRuns: number;
  readonly failpoint: Failpoint;
  readonly logger: Logger;
  readonly epochMs: () => number;
  readonly deadLetters: Pick<DeadLetterBox, 'put'>;
  readonly losses: Losses;
};

/** How long to wait after the disk could not be read. */
const RETRY_MS = 500;

/** Creates the queue over what the ledger knows. */
export const createBlockQueue = (options: BlockQueueOptions): InnerBlockQueue => {
  const { epoch, ledger, commit, planner, files, limits, failpoint, logger, epochMs } = options;
  const waker = createWaker();
  const waiting = [...ledger.blocks()].filter(({ status }) => status === 'waiting').map(({ id }) => id);
  let isClosing = false;
  let isPlanningAhead = false;
  let lastTurn: Promise<unknown> = Promise.resolve();

  const putFirst = (planned: readonly PlannedBlock[]): void => {
    waiting.unshift(...planned.map(({ block }) => block.id));
    waker.wake();
  };

  // Once only, however many readers find the same damage.
  const replace = async (state: BlockState, parts: readonly RunPart[]): Promise<void> => {
    if (isOver(state)) return;
    state.status = 'replaced';
    putFirst(await planner.replace(state, parts));
    reader.release(state.id);
  };

  const reader = createBlockReader({
    files,
    onDamaged: async (state, { manifest, bytes, intact, damaged }) => {
      if (isOver(state)) return;
      await replace(state, intact.length === 0 ? [] : [{ runs: intact, bytes }]);
      logger.error(
        { block: manifest.id, pieces: damaged.length },
        'A block in the write-ahead log is damaged.',
      );
      options.losses.add(damaged);
    },
    onUnreadable: (state) => {
      setTimeout(() => giveAgain(state), RETRY_MS).unref();
    },
  });

  const giveAgain = (state: BlockState): void => {
    if (state.status !== 'outstanding') return;
    state.status = 'waiting';
    waiting.push(state.id);
    waker.wake();
  };

  const takeWaiting = (): BlockState | null => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const state = ledger.block(id);
      if (state?.status !== 'waiting') continue;
      state.status = 'outstanding';
      return state;
    }
    return null;
  };

  const soonest = (): { group: RowGroup; due: number } | null => {
    let first: { group: RowGroup; due: number } | null = null;
    for (const group of ledger.groups()) {
      const due = dueAt(group, limits);
      if (!first || due < first.due) first = { group, due };
    }
    return first;
  };

  // Turns do not overlap: a group is planned by one at a time.
  const inTurn = <Result>(action: () => Promise<Result>): Promise<Result> => {
    const turn = lastTurn.then(action);
    lastTurn = turn.catch(() => undefined);
    return turn;
  };

  const plan = async (group: RowGroup, keepRows: boolean): Promise<void> => {
    const planned = await planner.plan(group);
    waiting.push(...planned.map(({ block }) => block.id));
    if (keepRows) for (const block of planned) reader.hold(block);
  };

  const take = async (signal?: AbortSignal): Promise<Block | null> => {
    while (!isClosing && !signal?.aborted) {
      const state = takeWaiting();
      if (state) return reader.toBlock(state);
      const next = soonest();
      const waitMs = next ? next.due - performance.now() : Number.POSITIVE_INFINITY;
      if (next && waitMs <= 0) await plan(next.group, true).catch(retryLater);
      else await waker.sleep(waitMs, signal);
    }
    return null;
  };

  const retryLater = async (error: unknown): Promise<void> => {
    if (isClosing) return;
    logger.error({ err: error }, 'The write-ahead log could not make a block.');
    await waker.sleep(RETRY_MS);
  };

  const finish = async (state: BlockState, head: DoneHead): Promise<void> => {
    await commit.write(toRecord(RECORD_TYPES.done, head), 'control');
    reader.release(state.id);
    ledger.finish(state.id, head.how);
  };

  const planAhead = async (): Promise<void> => {
    while (!isClosing && ledger.waitingRuns() > options.maxWaitingRuns) {
      const [largest] = [...ledger.groups()].sort((one, other) => other.runs.size - one.runs.size);
      if (largest) await plan(largest, false);
    }
  };

  // Has no turn while `next` waits: that plans by itself.
  const startPlanningAhead = (): void => {
    if (isPlanningAhead) return;
    isPlanningAhead = true;
    void inTurn(planAhead)
      .catch(retryLater)
      .finally(() => {
        isPlanningAhead = false;
      });
  };

  return {
    next: (signal) => inTurn(() => take(signal)),
    commit: async ({ id }) => {
      const state = ledger.block(toHex(id));
      if (!state || isOver(state)) return;
      failpoint('log.beforeCommit');
      await finish(state, { id: state.id, how: 'committed' });
      failpoint('log.afterCommit');
    },
    split: async ({ id }, ranges) => {
      const state = ledger.block(toHex(id));
      if (!state || isOver(state)) return;
      const { manifest, bytes } = await reader.readRows(state);
      await replace(state, cutRuns(manifest.runs, bytes, ranges));
    },
    park: async ({ id }, reason) => {
      const state = ledger.block(toHex(id));
      if (!state || isOver(state)) return;
      const { manifest, bytes } = await reader.readRows(state);
      const { number, runs, ...about } = manifest;
      await options.deadLetters.put({ ...about, reason, epoch, parkedAt: epochMs() }, bytes);
      await finish(state, { id: state.id, how: 'parked' });
    },
    committed: async function* () {
      for (const { id } of [...ledger.blocks()].reverse()) {
        const state = ledger.block(id);
        if (state?.status === 'committed') yield reader.toBlock(state);
      }
    },
    notice: () => {
      waker.wake();
      if (ledger.waitingRuns() > options.maxWaitingRuns) startPlanningAhead();
    },
    close: () => {
      isClosing = true;
      waker.wake();
    },
  };
};

const toHex = (id: Uint8Array): string => Buffer.from(id).toString('hex');

const isOver = ({ status }: BlockState): boolean => status === 'committed' || status === 'replaced';
