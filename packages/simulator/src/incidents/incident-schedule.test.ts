import { expect, it } from 'vitest';
import type { Incident } from './incident.js';
import { createIncidentSchedule } from './incident-schedule.js';

const outage = (fields: Partial<Incident> = {}): Incident => ({
  kind: 'outage',
  id: 'one',
  model: '*',
  share: 1,
  atMs: 100,
  forMs: 50,
  ...(fields as object),
});

const scheduleAt = (timeline: Incident[]) => {
  const clock = { nowMs: 0 };
  return { clock, schedule: createIncidentSchedule(timeline, () => clock.nowMs) };
};

it.each([
  [0, 'scheduled'],
  [99, 'scheduled'],
  [100, 'active'],
  [149, 'active'],
  [150, 'over'],
])('calls an incident from 100 ms for 50 ms at %i ms %s', (nowMs, state) => {
  const { clock, schedule } = scheduleAt([outage()]);
  clock.nowMs = nowMs;
  expect(schedule.list()).toMatchObject([{ state }]);
  expect(schedule.activeFor('gpt-5', 'openai')).toHaveLength(state === 'active' ? 1 : 0);
});

it.each([
  ['*', true],
  ['gpt-5', true],
  ['openai', true],
  ['gpt-5-mini', false],
  ['azure', false],
])('applies an incident of %s to gpt-5 of openai: %s', (model, applies) => {
  const { schedule } = scheduleAt([outage({ model, atMs: 0 })]);
  expect(schedule.activeFor('gpt-5', 'openai').length > 0).toBe(applies);
});

it('keeps an incident without an end until it is ended', () => {
  const { clock, schedule } = scheduleAt([]);
  schedule.add(outage({ forMs: null }));
  clock.nowMs = 1e12;
  expect(schedule.activeFor('gpt-5', 'openai')).toHaveLength(1);
  expect(schedule.end('one')).toBe(true);
  expect(schedule.end('one')).toBe(false);
  expect(schedule.activeFor('gpt-5', 'openai')).toEqual([]);
});

it('lists in order of start and ends all at once', () => {
  const { schedule } = scheduleAt([outage({ id: 'late', atMs: 200 }), outage({ id: 'early' })]);
  expect(schedule.list().map(({ id }) => id)).toEqual(['early', 'late']);
  expect(schedule.endAll()).toBe(2);
  expect(schedule.list()).toEqual([]);
});

it('is bounded, and makes room by forgetting what is over', () => {
  const { clock, schedule } = scheduleAt([]);
  for (let index = 0; index < 1_000; index++) expect(schedule.add(outage({ id: `${index}` }))).toBe(true);
  expect(schedule.add(outage({ id: 'too many' }))).toBe(false);
  clock.nowMs = 150;
  expect(schedule.add(outage({ id: 'fits again', forMs: null }))).toBe(true);
  expect(schedule.list().map(({ id }) => id)).toEqual(['fits again']);
});
