import { describe, expect, it } from 'vitest';
import { createUnrecorded } from './unrecorded.js';

describe('createUnrecorded', () => {
  it('gives up the oldest when there are too many', () => {
    const givenUp: string[] = [];
    const unrecorded = createUnrecorded(2);
    for (const id of ['a', 'b', 'c']) unrecorded.add(id, () => void givenUp.push(id));
    expect(givenUp).toEqual(['a']);
  });

  it('forgets what was recorded', () => {
    const givenUp: string[] = [];
    const unrecorded = createUnrecorded(1);
    unrecorded.add('a', () => void givenUp.push('a'));
    unrecorded.remove('a');
    unrecorded.add('b', () => void givenUp.push('b'));
    expect(givenUp).toEqual([]);
  });
});
