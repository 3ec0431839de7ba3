import { type CallOptions, keepRollupsFresh, type Store } from '@signalbox/store';
import type { Output } from '../output/output.js';
import { insertGeneratedSpans } from './generated-spans.js';
import { secondsOf } from './seconds-of.js';

/** What a part of a benchmark works with: `call` ends each statement when the benchmark is ended. */
export type StoreBench = { store: Store; output: Output; call: CallOptions };

/** Decisions of one insert, and how many inserts there are: about 8 MiB of spans each, as a collector sends them. */
const BLOCK = 2500;
const BLOCKS = 20;

/** Seconds for the same blocks into `target`; making them does not count. */
const insertLive = async ({ store, call }: StoreBench, target: string): Promise<number> => {
  const to = Date.now();
  const total = BLOCKS * BLOCK;
  const spans = { table: 'bench_block', count: BLOCK, total, from: to - 60_000, to, seed: 3 };
  let seconds = 0;
  for (let first = 0; first < total; first += BLOCK) {
    await store.command('TRUNCATE TABLE bench_block', {}, call);
    await store.command(insertGeneratedSpans({ ...spans, first }), {}, call);
    const insert = `INSERT INTO ${target} SELECT * FROM bench_block`;
    seconds += await secondsOf(() => store.command(insert, {}, call));
  }
  return seconds;
};

/** Decisions inserted per second: into spans alone, and into all that is derived from them with rollups kept fresh. */
export const measureInserts = async (bench: StoreBench): Promise<{ bare: number; full: number }> => {
  const { store, call } = bench;
  await store.command('CREATE TABLE bench_bare AS otel_traces', {}, call);
  await store.command('CREATE TABLE bench_block AS otel_traces ENGINE = Memory', {}, call);
  const decisions = BLOCK * BLOCKS;
  // What was loaded is in the rollups; without this the refresher would begin with all of it.
  await store.command("INSERT INTO rollup_watermark SELECT 'rollups', now64(6)", {}, call);
  const bare = decisions / (await insertLive(bench, 'bench_bare'));
  const refresher = keepRollupsFresh(store, { onError: (error) => bench.output.warn(String(error)) });
  try {
    return { bare, full: decisions / (await insertLive(bench, 'otel_traces')) };
  } finally {
    await refresher.stop();
  }
};
