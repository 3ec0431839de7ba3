import { explain } from '@signalbox/router';
import { ALL_TENANTS, decisionById, recordPolicy } from '@signalbox/store';
import { expect, it } from 'vitest';
import { storeDecidedHistory } from '../bench/decided-history.js';
import { replayPolicy } from '../bench/replay-policy.js';
import { withTemporaryStore } from '../bench/temporary-store.js';
import { describeDecision, nearestFirst } from '../output/describe-decision.js';
import { explainStored } from './explain-stored.js';

const POLICY = replayPolicy();
const { signal } = new AbortController();

it('puts a stored decision together again, with what would have changed it', () =>
  withTemporaryStore(async (store) => {
    const to = Date.now();
    const made = { policy: POLICY, decisions: 40, from: to - 60_000, to, seed: 2 };
    const ids: string[] = [];
    await storeDecidedHistory(store, made, {
      onBlock: () => undefined,
      onDecision: (id) => ids.push(id),
      signal,
    });
    const explainNow = async (decisionId: string) => {
      const [stored] = await store.query(decisionById, { decisionId, tenant: ALL_TENANTS });
      if (!stored) throw new Error(`${decisionId} is not stored.`);
      return { stored, explained: await explainStored(store, stored) };
    };

    const [first = ''] = ids;
    expect((await explainNow(first)).explained).toMatchObject({ flips: null, differences: null });

    await recordPolicy(store, POLICY, 'test');
    let undecided = 0;
    for (const id of ids) {
      const { stored, explained } = await explainNow(id);
      if (explained === null) {
        undecided += 1;
        expect(stored.strategy).toBeNull();
        continue;
      }
      expect(explained.differences).toEqual([]);
      expect(explained.decision.selected).toBe(stored.selectedTarget);
      const text = describeDecision(explained.decision, nearestFirst(explained.flips ?? []));
      expect(text).toContain(explain(explained.decision));
      for (const { target } of explained.decision.candidates) expect(text).toContain(target);
    }
    expect(undecided).toBeLessThan(ids.length);
  }));
