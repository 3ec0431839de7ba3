import { type InsertedBlock, insertDirectly, readInsertedBlocks } from '@signalbox/collector/reference';
import type { EmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { type CallOptions, keepRollupsFresh, type Store } from '@signalbox/store';
import type { Output } from '../output/output.js';
import { insertGeneratedSpans } from './generated-spans.js';
import { secondsOf } from './seconds-of.js';

/** What a part of a benchmark works with: `call` ends each statement when the benchmark is ended. */
export type StoreBench = { store: Store; output: Output; call: CallOptions };

/** Decisions of one insert, and how many inserts there are: some 32 MiB of rows each. */
const BLOCK = 6000;
const BLOCKS = 12;
const BLOCKS_AT_A_TURN = 4;

/** A database of bare spans: the table alone, nothing derived from it. */
const BARE = 'bench_bare';

/** The bytes of blocks as a collector sends them, by way of the bare table, which is empty afterwards. */
const makeBlocks = async (
  { store, call }: StoreBench,
  login: EmbeddedClickHouse,
): Promise<InsertedBlock[]> => {
  const to = Date.now();
  const total = BLOCKS * BLOCK;
  const spans = { table: 'bench_block', count: BLOCK, total, from: to - 60_000, to, seed: 3 };
  await store.command(`CREATE DATABASE ${BARE}`, {}, call);
  await store.command(`CREATE TABLE ${BARE}.otel_traces AS otel_traces`, {}, call);
  await store.command('CREATE TABLE bench_block AS otel_traces ENGINE = Memory', {}, call);
  for (let block = 0; block < BLOCKS; block += 1) {
    await store.command('TRUNCATE TABLE bench_block', {}, call);
    await store.command(insertGeneratedSpans({ ...spans, first: block * BLOCK }), {}, call);
    const named = `* REPLACE (toFixedString('block-${block}', 16) AS ingest_block, toUInt32(rowNumberInAllBlocks()) AS ingest_row)`;
    await store.command(`INSERT INTO ${BARE}.otel_traces SELECT ${named} FROM bench_block`, {}, call);
  }
  const blocks = await readInsertedBlocks({ ...login, database: BARE }, 'otel_traces');
  await store.command(`TRUNCATE TABLE ${BARE}.otel_traces`, {}, call);
  return blocks;
};

/**
 * Decisions inserted per second, in the blocks and with the statement, the settings and the parallelism of a collector:
 * into spans alone, and into all that is derived from them with rollups kept fresh.
 */
export const measureInserts = async (
  bench: StoreBench,
  login: EmbeddedClickHouse,
): Promise<{ bare: number; full: number }> => {
  const { store, call } = bench;
  const blocks = await makeBlocks(bench, login);
  const decisions = BLOCK * BLOCKS;
  // What was loaded is in the rollups; without this the refresher would begin with all of it.
  await store.command("INSERT INTO rollup_watermark SELECT 'rollups', now64(6)", {}, call);
  // In turns, so that what else the computer does falls on both.
  const seconds = { bare: 0, full: 0 };
  for (let first = 0; first < blocks.length; first += BLOCKS_AT_A_TURN) {
    const turn = blocks.slice(first, first + BLOCKS_AT_A_TURN);
    const into = (database: string) => secondsOf(() => insertDirectly({ ...login, database }, turn));
    seconds.bare += await into(BARE);
    const refresher = keepRollupsFresh(store, { onError: (error) => bench.output.warn(String(error)) });
    try {
      seconds.full += await into(store.database);
    } finally {
      await refresher.stop();
    }
  }
  return { bare: decisions / seconds.bare, full: decisions / seconds.full };
};
