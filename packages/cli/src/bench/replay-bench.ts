import { availableParallelism } from 'node:os';
import { ALL_TENANTS, recordPolicy, type Store } from '@signalbox/store';
import type { Output } from '../output/output.js';
import { replayHistory } from '../replay/replay-history.js';
import { atLeast, atMost, type BenchReport, createBenchReport, inform } from './bench-report.js';
import { storeDecidedHistory } from './decided-history.js';
import { replayPolicy } from './replay-policy.js';
import { secondsOf } from './seconds-of.js';
import { settle } from './stored-bytes.js';
import { withTemporaryStore } from './temporary-store.js';

const DAY_MS = 86_400_000;
/** 29 days, so that nothing expires under the measurement. */
const SPREAD_MS = 29 * DAY_MS;
const THREADS = 2;
const REPEATS = 3;
/** How often each decision is in the history, under ids and times of its own: making them takes longer than replaying. */
const COPIES = 5;

const INSERT_COPY = `
  INSERT INTO decisions_raw
  SELECT * REPLACE (concat(decision_id, '-', {copy:String}) AS decision_id, timestamp + toIntervalMillisecond({copy:UInt8}) AS timestamp)
  FROM (SELECT * FROM decisions_raw WHERE length(decision_id) = 36)`;

type Options = { decisions: number; signal: AbortSignal };

/** Seconds to read the whole history as it is stored, without deciding anything: what a replay cannot be faster than. */
const secondsToRead = (store: Store, signal: AbortSignal): Promise<number> =>
  secondsOf(() => store.command('SELECT * FROM decisions FORMAT Null', {}, { signal }));

/**
 * `bench replay`: a history of real decisions in an embedded ClickHouse (9 targets, strategies of every kind, arms, sticky
 * choices; each is stored five times), replayed from there on two threads by the policy that it was recorded with. The best of three runs; every run counts
 * for the mismatches. The reference: ClickHouse reading the same rows without sending them.
 */
export const benchReplay = (output: Output, { decisions, signal }: Options): Promise<BenchReport> =>
  withTemporaryStore(async (store, { url, username, password }) => {
    const policy = replayPolicy();
    const to = Date.now();
    const from = to - SPREAD_MS;
    await recordPolicy(store, policy, 'bench');
    const made = { policy, decisions, from, to, seed: 1 };
    const onBlock = (stored: number): void => output.note(`${stored} of ${decisions} decisions stored`);
    await storeDecidedHistory(store, made, { onBlock, signal });
    for (let copy = 1; copy < COPIES; copy += 1) await store.command(INSERT_COPY, { copy }, { signal });
    await settle(store, ['decisions_raw']);
    const rows = decisions * COPIES;

    let best = Number.POSITIVE_INFINITY;
    let mismatches = 0;
    let left = 0;
    for (let run = 0; run < REPEATS; run += 1) {
      output.note(`replaying, ${run + 1} of ${REPEATS}`);
      const seconds = await secondsOf(async () => {
        const found = await replayHistory(store, {
          range: { from: new Date(from), to: new Date(to + COPIES), tenant: ALL_TENANTS },
          policy: null,
          login: { url, username, password, database: store.database },
          threads: THREADS,
          signal,
        });
        mismatches += found.mismatches;
        left = rows - found.replayed - found.undecided;
        for (const each of found.examples) output.warn(`${each.decisionId}: ${each.differences.join(', ')}`);
      });
      best = Math.min(best, seconds);
    }
    const reading = await secondsToRead(store, signal);
    return createBenchReport({
      bench: 'replay',
      reference: { name: 'ClickHouse alone', figures: { rows_read_per_second: rows / reading } },
      figures: [
        inform('decisions', rows, 'decisions'),
        inform('decided', decisions, 'of them, the others are copies'),
        inform('threads', THREADS, `threads on ${availableParallelism()} cores`),
        atLeast('decisions_per_second', rows / best, 'per second', 100_000),
        atMost('mismatches', mismatches, 'decisions', 0),
        atMost('not_replayed', left, 'decisions', 0),
      ],
    });
  });
