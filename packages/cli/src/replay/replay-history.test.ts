import { compilePolicy, registerStrategy } from '@signalbox/router';
import type { Policy } from '@signalbox/spec';
import {
  ALL_TENANTS,
  type DecisionRange,
  recordPolicy,
  type Store,
  type StoreOptions,
} from '@signalbox/store';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { storeDecidedHistory } from '../bench/decided-history.js';
import { replayPolicy } from '../bench/replay-policy.js';
import { withTemporaryStore } from '../bench/temporary-store.js';
import { describeReplay } from './describe-replay.js';
import { replayHistory } from './replay-history.js';

const DECISIONS = 1500;
const HOUR_MS = 3_600_000;

const POLICY = replayPolicy();
let store: Store;
let login: StoreOptions;
let stop: () => void;
let stopped: Promise<void>;
const { signal } = new AbortController();

const until = new Date();
const range: DecisionRange = {
  from: new Date(until.getTime() - 2 * HOUR_MS),
  to: until,
  tenant: ALL_TENANTS,
};

beforeAll(async () => {
  await new Promise<void>((resolve, reject) => {
    stopped = withTemporaryStore(async (opened, { url, username, password }) => {
      store = opened;
      login = { url, username, password, database: opened.database };
      const from = until.getTime() - HOUR_MS;
      const made = { policy: POLICY, decisions: DECISIONS, from, to: until.getTime(), seed: 3 };
      await storeDecidedHistory(store, made, { onBlock: () => undefined, signal });
      resolve();
      await new Promise<void>((end) => {
        stop = end;
      });
    });
    stopped.catch(reject);
  });
});
afterAll(async () => {
  stop?.();
  await stopped;
});

const replayBy = (policy: Policy | null) => replayHistory(store, { range, policy, login, signal });

it('says how many decisions it cannot replay, because their policy is not recorded', async () => {
  const found = await replayBy(null);
  expect(found).toMatchObject({ decisions: DECISIONS, replayed: 0, verified: 0 });
  expect(found.unknownPolicies).toEqual({ [POLICY.version]: DECISIONS - found.undecided });
  expect(describeReplay(found)).toContain(`not recorded (${POLICY.version})`);
});

it('gives every decision again by the policy that it was recorded with', async () => {
  await recordPolicy(store, POLICY, 'test');
  const found = await replayBy(null);
  expect(found.examples).toEqual([]);
  expect(found).toMatchObject({ mismatches: 0, moved: 0, moves: {}, unknownPolicies: {}, malformed: 0 });
  expect(found.undecided).toBeGreaterThan(0);
  expect(found.verified).toBe(DECISIONS - found.undecided);
  expect(found.replayed).toBe(found.verified);
  expect(found.costNanoUsd.after).toBe(found.costNanoUsd.before);
});

it('shows where another policy would send requests, and what it would cost', async () => {
  const cheap = compilePolicy(
    { ...POLICY, strategy: 'cost-optimal', routes: [], exploration: 0, arms: [], sticky: null },
    POLICY.targets,
  );
  const found = await replayBy(cheap);
  expect(found).toMatchObject({ verified: 0, mismatches: 0 });
  expect(found.moved).toBeGreaterThan(100);
  expect(Object.values(found.moves).reduce((sum, count) => sum + count, 0)).toBe(found.moved);
  expect(found.costNanoUsd.after).toBeLessThan(found.costNanoUsd.before);
  const counts = Object.values(found.targets);
  expect(counts.reduce((sum, { before }) => sum + before, 0)).toBe(found.replayed);
  expect(counts.reduce((sum, { after }) => sum + after, 0)).toBe(found.replayed);
});

it('counts what a policy has no answer to', async () => {
  const [only] = POLICY.targets;
  const small = compilePolicy(
    { ...POLICY, routes: [], arms: [], fallback: { maxModels: 1, chain: [] } },
    only ? [only] : [],
  );
  const found = await replayBy(small);
  expect(found.unanswered['no-candidate']).toBeGreaterThan(0);
  expect(found.replayed).toBe(
    DECISIONS - found.undecided - Object.values(found.unanswered).reduce((a, b) => a + b, 0),
  );
});

it('replays by strategies in code, part by part in the one thread in which they are registered', async () => {
  registerStrategy({
    name: 'first-only',
    version: '1',
    terms: ({ target }) => ({ local: target.id === 'local/llama' ? 1 : 0 }),
  });
  const inCode = compilePolicy(
    {
      ...POLICY,
      strategy: 'first-only',
      strategies: { 'first-only': { code: '1' } },
      routes: [],
      arms: [],
      sticky: null,
    },
    POLICY.targets,
  );
  let parts = 0;
  const found = await replayHistory(store, {
    range,
    policy: inCode,
    login,
    signal,
    rowsPerPart: 300,
    onProgress: () => {
      parts += 1;
    },
  });
  expect(parts).toBeGreaterThan(1);
  expect(found.decisions).toBe(DECISIONS);
  expect(found.unanswered['unknown-strategy']).toBeUndefined();
  expect(found.targets['local/llama']?.after).toBeGreaterThan(found.replayed / 2);
});

it('blames no decision on code that is not here', async () => {
  const forgotten = { ...POLICY, strategy: 'forgotten', strategies: { forgotten: { code: '1' } } };
  const found = await replayBy(forgotten);
  expect(found.unanswered['unknown-strategy']).toBeGreaterThan(0);
  expect(found).toMatchObject({ mismatches: 0 });
});

it('tells which decisions did not come out again, and what of them differs', async () => {
  await store.command(`
    INSERT INTO decisions_raw
    SELECT * REPLACE (if(selected_target = 'openai/gpt-5-nano', 'local/llama', 'openai/gpt-5-nano') AS selected_target, toUInt16(revision + 1) AS revision)
    FROM decisions_raw WHERE strategy IS NOT NULL ORDER BY decision_id LIMIT 3`);
  const found = await replayBy(null);
  expect(found.mismatches).toBe(3);
  expect(found.examples.map(({ differences }) => differences)).toEqual([
    ['selected'],
    ['selected'],
    ['selected'],
  ]);
  expect(describeReplay(found)).toContain('mismatches  3 of ');
});

it('finds nothing where nothing was recorded', async () => {
  const empty: DecisionRange = { from: new Date(0), to: new Date(1000), tenant: ALL_TENANTS };
  const found = await replayHistory(store, { range: empty, policy: null, login, signal });
  expect(describeReplay(found)).toBe('No decision was recorded in this time.');
});
