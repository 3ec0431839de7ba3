import { expect } from 'vitest';
import type { RollupStep } from '../rollups/rollup-step.js';
import { comparableRollup, expectedRollup, expectedUserRollup } from './expected-rollup.js';
import { SAMPLE, type SampleDecision, sampleSpan } from './sample-decision.js';
import type { TestStore } from './start-test-store.js';

const STEPS: readonly RollupStep[] = ['1m', '1h', '1d', '1w'];
const USER_STEPS = ['1h', '1d'] as const;
const DAY = 86_400_000;

/** Noon of yesterday (UTC), in Unix milliseconds. */
export const NOON = Math.floor(Date.now() / DAY) * DAY - DAY / 2;

/** Decisions of a tenant of their own, a minute apart from noon on. */
export function decisionsOf(
  tenant: string,
  count: number,
  said: Partial<SampleDecision> = {},
): SampleDecision[] {
  return Array.from({ length: count }, (_, i) => ({
    ...SAMPLE,
    id: `${tenant}-${i}`,
    tenant,
    time: NOON + i * 60_000,
    ...said,
  }));
}

/** Inserts decisions as their spans, in one block. */
export async function send({ store }: TestStore, decisions: readonly SampleDecision[]): Promise<void> {
  await store.insert('otel_traces', decisions.map(sampleSpan));
}

/** Expects all rollups of a tenant to be the aggregate over these decisions. */
export async function expectRollups(
  test: TestStore,
  tenant: string,
  decisions: readonly SampleDecision[],
): Promise<void> {
  const expectRows = async (name: string, expected: Record<string, unknown>[]): Promise<void> => {
    const rows = await test.select(`SELECT * FROM rollup_${name} WHERE tenant = '${tenant}'`);
    const found = rows.map((row) => ({ ...row, bucket: String(row.bucket) }));
    expect(comparableRollup(found, expected), name).toEqual(expected);
  };
  for (const step of STEPS) await expectRows(step, expectedRollup(step, decisions));
  for (const step of USER_STEPS) await expectRows(`user_${step}`, expectedUserRollup(step, decisions));
}
