import type { Task } from '@signalbox/spec';
import { expect, it } from 'vitest';
import { createOutcomeTracker } from './outcome-tracker.js';

const CODING: Task = { type: 'coding', complexity: 'simple', complexityScore: 0.1 };
const CHAT: Task = { type: 'chat', complexity: 'expert', complexityScore: 0.9 };
const ANN = { tenant: 'acme', userId: 'ann' };
const NOBODY = { tenant: 'acme', userId: null };

it('counts successes and failures by task, the newest the most', () => {
  const tracker = createOutcomeTracker();
  tracker.record({ request: NOBODY, task: CODING, targetId: 'a/x', succeeded: true });
  tracker.record({ request: NOBODY, task: CODING, targetId: 'a/x', succeeded: false });
  tracker.record({ request: NOBODY, task: CHAT, targetId: 'a/y', succeeded: true });
  expect(tracker.snapshotFor(NOBODY)).toEqual({
    outcomes: {
      'coding/simple': { 'a/x': { successes: 0.98, failures: 1 } },
      'chat/expert': { 'a/y': { successes: 1, failures: 0 } },
    },
  });
});

it('tells a user its own outcomes and no other the same', () => {
  const tracker = createOutcomeTracker();
  tracker.record({ request: ANN, task: CODING, targetId: 'a/x', succeeded: true });
  expect(tracker.snapshotFor(ANN).userOutcomes).toEqual({ 'a/x': { successes: 1, failures: 0 } });
  expect(tracker.snapshotFor({ ...ANN, tenant: 'other' }).userOutcomes).toBeUndefined();
  expect(tracker.snapshotFor({ ...ANN, userId: 'bob' }).userOutcomes).toBeUndefined();
});

it('does not change a snapshot that it gave away', () => {
  const tracker = createOutcomeTracker();
  tracker.record({ request: ANN, task: CODING, targetId: 'a/x', succeeded: true });
  const before = tracker.snapshotFor(ANN);
  const copy = structuredClone(before);
  tracker.record({ request: ANN, task: CODING, targetId: 'a/x', succeeded: false });
  expect(before).toEqual(copy);
});

it('forgets the user who was not seen for the longest time beyond 10,000', () => {
  const tracker = createOutcomeTracker();
  const see = (userId: string) =>
    tracker.record({ request: { tenant: 'acme', userId }, task: CHAT, targetId: 'a/x', succeeded: true });
  see('first');
  see('second');
  for (let n = 0; n < 9998; n += 1) see(`user-${n}`);
  see('first');
  see('one more');
  expect(tracker.snapshotFor({ tenant: 'acme', userId: 'first' }).userOutcomes).toBeDefined();
  expect(tracker.snapshotFor({ tenant: 'acme', userId: 'second' }).userOutcomes).toBeUndefined();
});
