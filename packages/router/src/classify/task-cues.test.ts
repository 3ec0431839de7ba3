import { expect, it } from 'vitest';
import { normalizePhrase } from './phrase-index.js';
import { HARD_WORK_CUES, TASK_CUES } from './task-cues.js';

it('gives every cue to one task type only', () => {
  const cues = Object.values(TASK_CUES).flatMap(({ strong, weak }) => [...strong, ...weak]);
  expect(cues.filter((cue, at) => cues.indexOf(cue) !== at)).toEqual([]);
});

it('holds no empty cue and none that normalising would change', () => {
  const cues = [
    ...Object.values(TASK_CUES).flatMap(({ strong, weak }) => [...strong, ...weak]),
    ...HARD_WORK_CUES,
  ];
  expect(cues.filter((cue) => cue === '' || cue !== normalizePhrase(cue))).toEqual([]);
});
