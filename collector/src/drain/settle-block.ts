import { setTimeout as sleep } from 'node:timers/promises';
import type { Block } from '../log/write-ahead-log.js';
import { backoffMs } from './backoff.js';
import type { DrainContext } from './drain-context.js';
import { type InsertFailure, isTooMuch, isUnfamiliar } from './insert-failure.js';

/** How a block left its worker: `stopped` when the drain is closing, so that the next start finds it in the log. */
export type Settled = 'done' | 'aside' | 'stopped';

/** Attempts at a block that took too much time or memory, after which it is tried in halves, down to so many rows. */
const MAX_TOO_MUCH = 3;
const MIN_ROWS = 1_000;
/** Attempts after which a block that ClickHouse does not take lets the others go on: some 20 s. */
const MAX_IN_TURN = 8;

/**
 * Tries to insert one block for as long as it takes, and acts on what ClickHouse answers. Rejects only when the log does.
 */
export const settleBlock = async (block: Block, options: DrainContext): Promise<Settled> => {
  const { send, pauses, random, waiting, counters, health, guard, stopping, cutting } = options;
  const mustWait = createWaitRule(counters);
  let tooMuch = 0;
  for (let attempt = 1; !stopping.aborted; attempt += 1) {
    const failure = await send(block, attempt, cutting);
    if (failure === null) return commit(block, options);
    if (cutting.aborted) return 'stopped';
    counters.failures[failure.kind] += 1;
    tell(failure, block, attempt, options);
    if (mustWait(failure, attempt)) return 'aside';
    if (failure.kind === 'damaged') return 'done';
    if (failure.kind === 'data' && !guard.isTripped(block.table)) return cut(block, failure, options);
    tooMuch = isTooMuch(failure) ? tooMuch + 1 : 0;
    if (tooMuch === MAX_TOO_MUCH && block.rows >= 2 * MIN_ROWS) return halve(block, options);
    const isHeld = failure.kind !== 'transient';
    health.failed(failure, isHeld);
    if (isHeld) await sleep(pauses.configurationMs, undefined, { signal: stopping }).catch(() => undefined);
    else await waiting.pause(backoffMs(attempt, pauses, random()));
  }
  return 'stopped';
};

// A view refuses the block, or the block is at fault and not the server: which takes others meanwhile, or says what nobody knows.
const createWaitRule = (counters: Pick<DrainContext['counters'], 'blocksInserted'>) => {
  const insertedBefore = counters.blocksInserted;
  return (failure: InsertFailure, attempt: number): boolean => {
    if (failure.kind === 'after-write') return true;
    if (failure.kind !== 'transient' || failure.code === null || attempt < MAX_IN_TURN) return false;
    return isUnfamiliar(failure) || counters.blocksInserted > insertedBefore;
  };
};

/** Notes that ClickHouse has the block. */
export const commit = async (
  block: Block,
  {
    blocks,
    counters,
    health,
    guard,
    onCommitted,
  }: Pick<DrainContext, 'blocks' | 'counters' | 'health' | 'guard' | 'onCommitted'>,
): Promise<Settled> => {
  health.succeeded();
  guard.stored(block.table);
  await blocks.commit(block);
  counters.blocksInserted += 1;
  counters.rowsInserted += block.rows;
  counters.bytesInserted += block.bytes;
  onCommitted(block);
  return 'done';
};

// Halves until the bad row is alone: a block is stored whole or not at all, so nothing of it is in ClickHouse yet.
const cut = async (block: Block, { reason }: InsertFailure, options: DrainContext): Promise<Settled> => {
  if (block.rows > 1) return halve(block, options);
  const { blocks, counters, guard } = options;
  await blocks.park(block, reason);
  guard.parked(block.table);
  counters.rowsParked += block.rows;
  return 'done';
};

// What an attempt before may have stored, the halves replace: rows are told apart by their own keys, not by their block.
const halve = async (block: Block, { blocks, counters }: DrainContext): Promise<Settled> => {
  const half = Math.floor(block.rows / 2);
  await blocks.split(block, [
    { first: 0, rows: half },
    { first: half, rows: block.rows - half },
  ]);
  counters.blocksSplit += 1;
  return 'done';
};

// The first failures and then ever fewer: an outage of a day is some dozen lines.
const tell = (failure: InsertFailure, block: Block, attempt: number, { logger }: DrainContext): void => {
  if (!Number.isInteger(Math.log2(attempt))) return;
  const { kind, reason, code } = failure;
  const { table, rows } = block;
  const id = Buffer.from(block.id).toString('hex');
  logger.warn({ block: id, table, rows, attempt, kind, code }, `An insert failed: ${reason}.`);
};
