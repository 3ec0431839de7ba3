import type { Outcomes, Snapshot } from '@signalbox/spec';
import { createSeededRandom } from '@signalbox/spec/testing';
import { describe, expect, it } from 'vitest';
import { buildPolicy, buildTarget, noRandom } from '../__fixtures__/build.js';
import { createRequest } from '../create-request.js';
import { decide } from '../decide.js';

const ALPHA = buildTarget('p/alpha');
const BETA = buildTarget('p/beta');
const policy = buildPolicy([ALPHA, BETA]);
const HI = { prompt: 'Hello', userId: 'ann' };

describe('user-preference', () => {
  const decideWith = (userOutcomes: Snapshot['userOutcomes']) =>
    decide(
      createRequest({ ...HI, strategy: 'user-preference' }),
      policy,
      userOutcomes ? { userOutcomes } : {},
      noRandom,
    );

  it('takes what the user has had success with', () => {
    const userOutcomes = {
      [ALPHA.id]: { successes: 2, failures: 6 },
      [BETA.id]: { successes: 6, failures: 0 },
    };
    expect(decideWith(userOutcomes).selected).toBe(BETA.id);
  });

  it('records the outcomes that it used, to four decimals', () => {
    const { candidates } = decideWith({ [BETA.id]: { successes: 1.23456, failures: 0 } });
    expect(candidates[0]?.signals).toMatchObject({ userSuccesses: 1.2346, userFailures: 0 });
    expect(candidates[1]?.signals).toBeNull();
  });

  it('says so where a user is new', () => {
    expect(decideWith(undefined).candidates[0]?.terms).toHaveProperty('user-unknown', 0.7);
  });
});

describe('adaptive', () => {
  const decideWith = (outcomes: Snapshot['outcomes'] = {}, prompt = 'Hello', seed = 1) =>
    decide(createRequest({ prompt, strategy: 'adaptive' }), policy, { outcomes }, createSeededRandom(seed));

  const chanceOfBeta = (...given: Parameters<typeof decideWith>) =>
    decideWith(...given).candidates.find(({ target }) => target === BETA.id)?.probability ?? Number.NaN;

  it('gives equals equal chances', () => {
    expect(chanceOfBeta()).toBeCloseTo(0.5, 3);
  });

  it('prefers what succeeded at this task and complexity, and no other', () => {
    const outcomes = { 'chat/simple': { [BETA.id]: { successes: 40, failures: 0 } } };
    expect(chanceOfBeta(outcomes)).toBeGreaterThan(0.8);
    expect(chanceOfBeta(outcomes, 'Write a function that parses CSV')).toBeCloseTo(0.5, 3);
  });

  it('takes each target as often as its propensity says', () => {
    const outcomes = { 'chat/simple': { [BETA.id]: { successes: 5, failures: 3 } } };
    const draws = 4000;
    let taken = 0;
    for (let seed = 0; seed < draws; seed += 1) {
      if (decideWith(outcomes, 'Hello', seed).selected === BETA.id) taken += 1;
    }
    const chance = chanceOfBeta(outcomes);
    expect(Math.abs(taken / draws - chance)).toBeLessThan(5 * Math.sqrt((chance * (1 - chance)) / draws));
  });

  it('learns which target is better, and comes to use it nearly always', () => {
    const random = createSeededRandom(42);
    const succeeds: Record<string, number> = { [ALPHA.id]: 0.6, [BETA.id]: 0.9 };
    const known: Record<string, Outcomes> = {};
    const takenLate: string[] = [];
    for (let n = 0; n < 1500; n += 1) {
      const request = createRequest({ prompt: 'Hello', strategy: 'adaptive' });
      const outcomes = { 'chat/simple': { ...known } };
      const { selected } = decide(request, policy, { outcomes }, random);
      const { successes, failures } = known[selected] ?? { successes: 0, failures: 0 };
      const success = random() < (succeeds[selected] ?? 0) ? 1 : 0;
      known[selected] = { successes: successes + success, failures: failures + 1 - success };
      if (n >= 1000) takenLate.push(selected);
    }
    expect(takenLate.filter((target) => target === BETA.id).length / takenLate.length).toBeGreaterThan(0.95);
  });
});
