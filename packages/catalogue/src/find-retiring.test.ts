import { parseConfig } from '@signalbox/spec';
import { expect, it } from 'vitest';
import { findRetiring } from './find-retiring.js';

const retiring = (id: string, day: string) =>
  findRetiring(parseConfig({ targets: [{ id }] }).targets, new Date(`${day}T12:00:00Z`));

it.each([
  ['a day before', '2026-12-10', 'will be switched off on 2026-12-11'],
  ['on the day', '2026-12-11', 'was switched off on 2026-12-11: calls fail'],
])('says %s what becomes of a target', (_, day, part) => {
  const [found] = retiring('openai/gpt-5-mini', day);
  expect(found).toMatchObject({ target: 'openai/gpt-5-mini', retiresOn: '2026-12-11' });
  expect(found?.message).toContain(part);
});

it('says that a date is not known', () => {
  expect(retiring('google/gemini-2.0-flash', '2026-12-11')).toMatchObject([
    { retiresOn: null, message: expect.stringContaining('without a date') },
  ]);
});

it.each(['openai/gpt-6-luna', 'mine/llama'])('has nothing to say about %s', (id) => {
  expect(retiring(id, '2026-12-11')).toEqual([]);
});
