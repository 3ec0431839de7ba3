import { setTimeout as delay } from 'node:timers/promises';
import { ALL_TENANTS, reconcileRun, type Store, type StoredRun } from '@signalbox/store';

const PAUSE_MS = 250;
const DEADLINE_MS = 60_000;

/**
 * Reads what ClickHouse has of a run, once the spans that the collector acknowledged are there with what is made of them: it
 * inserts them a moment later. After a minute it returns what is there, and the reconciliation tells what is missing.
 */
export const readSettledRun = async (
  store: Store,
  { serviceInstanceId, spans }: { serviceInstanceId: string; spans: number },
): Promise<StoredRun> => {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const [stored] = await store.query(reconcileRun, { serviceInstanceId, tenant: ALL_TENANTS });
    if (!stored) throw new Error('The reconciliation query returned no row.');
    if (isSettled(stored, spans) || performance.now() > deadline) return stored;
    await delay(PAUSE_MS);
  }
};

// Spans can be read a moment before what the materialized views make of them.
const isSettled = (stored: StoredRun, spans: number): boolean =>
  stored.distinctRouteSpans + stored.distinctAttemptSpans >= spans &&
  stored.distinctDecisions >= stored.distinctRouteSpans &&
  stored.decisionsWithoutAttempt === 0 &&
  stored.costMismatches === 0;
