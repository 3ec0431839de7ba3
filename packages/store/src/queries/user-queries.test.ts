import { afterAll, beforeAll, expect, it } from 'vitest';
import { accuracy, feedbackEvent, override, satisfaction } from '../__fixtures__/feedback.js';
import { RUN } from '../__fixtures__/request-spans.js';
import { SAMPLE, sampleSpan } from '../__fixtures__/sample-decision.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { migrate } from '../migrations/migrate.js';
import { refreshRollups } from '../rollups/refresh-rollups.js';
import { attemptsByTarget } from './attempts-by-target.js';
import { attemptsOfDecision } from './attempts-of-decision.js';
import { feedbackByModel } from './feedback-by-model.js';
import { feedbackOfDecision } from './feedback-of-decision.js';
import { modelsOfUser } from './models-of-user.js';
import { ALL_TENANTS } from './tenant-scope.js';
import { usageByUser } from './usage-by-user.js';

const HOUR = 3_600_000;
const NOON = Math.floor(Date.now() / HOUR) * HOUR - HOUR;
// `late` may be of the next day.
const IS_LAST_HOUR = new Date(NOON).getUTCHours() === 23;
// Rollups count whole hours.
const RANGE = { tenant: 'acme', from: new Date(NOON), to: new Date(NOON + HOUR) };

const REQUESTS = [
  { ...SAMPLE, id: 'a1', user: 'ann', time: NOON },
  { ...SAMPLE, id: 'a2', user: 'ann', time: NOON + 1, costNanoUsd: 500, override: true },
  { ...SAMPLE, id: 'a3', user: 'ann', time: NOON + 2, servedModel: 'large', costNanoUsd: 9000 },
  { ...SAMPLE, id: 'b1', user: 'bob', time: NOON + 3, costNanoUsd: null, outcome: 'failed' as const },
  { ...SAMPLE, id: 'late', user: 'bob', time: NOON + HOUR },
  { ...SAMPLE, id: 'other', user: 'ann', time: NOON, tenant: 'globex' },
].map(sampleSpan);

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
  for (let i = 0; i < 2; i++) {
    await test.store.insert('otel_traces', REQUESTS);
    await test.store.insert('otel_traces', RUN);
  }
  const about = (id: string, said: Record<string, string>, later = 0) =>
    feedbackEvent({ 'signalbox.decision.id': id, ...said }, later);
  await test.store.insert('otel_logs', [
    about('a1', satisfaction('0')),
    about('a1', satisfaction('1'), 1),
    about('a2', satisfaction('0.5')),
    about('a2', accuracy('inaccurate')),
    about('a3', override('small target')),
  ]);
  await refreshRollups(test.store);
});
afterAll(() => test?.stop());

it('sums up what each user spent, those who spent most first', async () => {
  const rows = await test.store.query(usageByUser, { ...RANGE, limit: 10 });
  expect(rows).toEqual([
    {
      tenant: 'acme',
      userId: 'ann',
      requests: 3,
      succeeded: 3,
      overrides: 1,
      tokensInput: 300,
      tokensOutput: 30,
      costNanoUsd: 10_500,
      costUnknown: 0,
      preferredModel: 'small',
      lastTimestamp: new Date(NOON + 2).toISOString().replace('Z', '000000Z'),
    },
    expect.objectContaining({ userId: 'bob', requests: 1, succeeded: 0, costNanoUsd: null, costUnknown: 1 }),
  ]);
});

it('counts whole days in a range of more than 7 days', async () => {
  const range = { ...RANGE, from: new Date(NOON - 8 * 24 * HOUR) };
  const rows = await test.store.query(usageByUser, { ...range, limit: 10 });
  const bob = rows.find(({ userId }) => userId === 'bob');
  expect(bob?.requests).toBe(IS_LAST_HOUR ? 1 : 2);
});

it('keeps the users of two tenants apart', async () => {
  const rows = await test.store.query(usageByUser, { ...RANGE, tenant: ALL_TENANTS, limit: 10 });
  expect(rows.map(({ tenant, userId, requests }) => [tenant, userId, requests])).toEqual([
    ['acme', 'ann', 3],
    ['globex', 'ann', 1],
    ['acme', 'bob', 1],
  ]);
});

it.each([0, 1001])('refuses to list %d users', async (limit) => {
  await expect(test.store.query(usageByUser, { ...RANGE, limit })).rejects.toThrow(RangeError);
});

it('shows which models a user prefers', async () => {
  const rows = await test.store.query(modelsOfUser, { ...RANGE, userId: 'ann' });
  expect(
    rows.map(({ model, requests, share, costNanoUsd }) => [model, requests, share, costNanoUsd]),
  ).toEqual([
    ['small', 2, 2 / 3, 1500],
    ['large', 1, 1 / 3, 9000],
  ]);
  expect(await test.store.query(modelsOfUser, { ...RANGE, userId: "' OR 1 = 1 --" })).toEqual([]);
});

it('sums up what people said about each model, the newest on each decision', async () => {
  expect(await test.store.query(feedbackByModel, RANGE)).toEqual([
    { model: 'small', decisions: 2, rated: 2, satisfaction: 0.75, labelled: 1, accuracy: 0, overridden: 0 },
    {
      ...{ model: 'large', decisions: 1, rated: 0, satisfaction: null, labelled: 0, accuracy: null },
      overridden: 1,
    },
  ]);
});

it('lists the feedback on a decision, for its tenant only', async () => {
  const rows = await test.store.query(feedbackOfDecision, { decisionId: 'a1', tenant: 'acme' });
  expect(rows.map(({ name, satisfaction: score, userId }) => [name, score, userId])).toEqual([
    ['satisfaction', 0, 'user-7'],
    ['satisfaction', 1, 'user-7'],
  ]);
  expect(await test.store.query(feedbackOfDecision, { decisionId: 'a1', tenant: 'globex' })).toEqual([]);
});

it('lists the upstream calls of a decision, for its tenant only', async () => {
  const rows = await test.store.query(attemptsOfDecision, { decisionId: 'run-3', tenant: 'acme' });
  expect(rows.map(({ attemptNumber, costNanoUsd }) => [attemptNumber, costNanoUsd])).toEqual([
    [1, null],
    [2, 650_000],
  ]);
  expect(rows[0]).toMatchObject({ cause: 'first', httpStatus: 504, stream: true, timeToFirstChunkMs: 250 });
  expect(await test.store.query(attemptsOfDecision, { decisionId: 'run-3', tenant: 'globex' })).toEqual([]);
});

it('sums up the upstream calls to each target', async () => {
  const range = { tenant: 'acme', from: new Date(NOON), to: new Date() };
  expect(await test.store.query(attemptsByTarget, range)).toEqual([
    {
      target: 'openai/gpt-5-mini',
      attempts: 5,
      succeeded: 0,
      failed: 5,
      cancelled: 0,
      retries: 0,
      fallbacks: 0,
      hedges: 0,
      shadows: 0,
      costNanoUsd: 1_950_000,
      latencyP50Ms: expect.any(Number),
      latencyP95Ms: expect.any(Number),
      errorTypes: ['timeout'],
    },
  ]);
});
