import { describe, expect, it } from 'vitest';
import { buildPolicy, buildSignals, LARGE, MEDIUM, noRandom, SMALL } from '../__fixtures__/build.js';
import { createRequest } from '../create-request.js';
import { decide } from '../decide.js';
import { keyDraw } from './key-draw.js';

const SPLIT = {
  arms: [{ name: 'canary', share: 0.3, targets: [LARGE.id], shadow: false }],
  strategy: 'cost-optimal',
};
const policyWith = (sticky: { by: 'conversation' | 'user'; hold: boolean }, share = 0.3) =>
  buildPolicy([SMALL, MEDIUM, LARGE], {
    ...SPLIT,
    arms: SPLIT.arms.map((arm) => ({ ...arm, share })),
    sticky,
  });
const talk = (conversationId: string | null, userId: string | null = null) =>
  createRequest({ prompt: 'Hello', conversationId, userId });

describe('a sticky choice', () => {
  const keep = policyWith({ by: 'conversation', hold: false });

  it('is the same for all requests of a conversation, without a random number', () => {
    const first = decide(talk('c-1'), keep, {}, noRandom);
    expect(decide(talk('c-1', 'u-9'), keep, {}, noRandom)).toEqual(first);
    expect(first.sticky).toEqual({ by: 'conversation', held: null });
  });

  it('puts as many conversations into an arm as its share says', () => {
    const drawn = Array.from({ length: 10_000 }, (_, n) => decide(talk(`c-${n}`), keep, {}, noRandom).arm);
    expect(Math.abs(drawn.filter((arm) => arm === 'canary').length / 10_000 - 0.3)).toBeLessThan(0.025);
  });

  it('keeps who is in an arm when its share grows', () => {
    const more = policyWith({ by: 'conversation', hold: false }, 0.5);
    for (let n = 0; n < 200; n += 1) {
      const before = decide(talk(`c-${n}`), keep, {}, noRandom);
      if (before.arm) expect(decide(talk(`c-${n}`), more, {}, noRandom).arm).toBe('canary');
    }
  });

  it('is drawn afresh without a key', () => {
    expect(decide(talk(null, 'u-1'), keep, {}, () => 0.1)).toMatchObject({ sticky: null, draw: 100_000_000 });
  });

  it('follows the user where the policy says so', () => {
    const byUser = policyWith({ by: 'user', hold: false });
    const decisions = ['c-1', 'c-2'].map((each) => decide(talk(each, 'u-1'), byUser, {}, noRandom));
    expect(decisions[0]).toEqual(decisions[1]);
  });
});

describe('a held target', () => {
  const hold = policyWith({ by: 'conversation', hold: true });

  it('is kept while it is eligible', () => {
    expect(decide(talk('c-1'), hold, { held: MEDIUM.id }, noRandom)).toMatchObject({
      selected: MEDIUM.id,
      propensity: 1,
      draw: null,
      arm: null,
      explored: true,
      sticky: { by: 'conversation', held: MEDIUM.id },
    });
  });

  it('is left when it is excluded', () => {
    const signals = { [MEDIUM.id]: buildSignals({ circuit: 'open' }) };
    const decision = decide(talk('c-1'), hold, { held: MEDIUM.id, signals }, noRandom);
    expect(decision.selected).not.toBe(MEDIUM.id);
    expect(decision.sticky).toEqual({ by: 'conversation', held: MEDIUM.id });
  });

  it('is not kept where the policy keeps the arm only', () => {
    const arm = policyWith({ by: 'conversation', hold: false });
    expect(decide(talk('c-1'), arm, { held: MEDIUM.id }, noRandom).selected).not.toBe(MEDIUM.id);
  });
});

it('draws evenly from keys', () => {
  const tenths = new Array<number>(10).fill(0);
  for (let n = 0; n < 20_000; n += 1) {
    const tenth = Math.floor(keyDraw(`key-${n}`) / 1e8);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(250);
});
