import { type Decision, NoCandidateError } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import {
  buildPolicy,
  buildRoute,
  buildSignals,
  buildTarget,
  LARGE,
  MEDIUM,
  noRandom,
  SMALL,
} from '../__fixtures__/build.js';
import { createRequest } from '../create-request.js';
import { decide } from '../decide.js';
import { differences } from './differences.js';
import { replay } from './replay.js';

const TARGETS = [LARGE, SMALL, MEDIUM];
const routes = [
  buildRoute('contracts', { patterns: ['contract', 'clause'], strategy: 'quality-optimal' }),
  buildRoute('vip', { metadata: { tier: 'gold' }, strategy: 'performance-optimal' }),
];
const recordedUnder = (given: Parameters<typeof buildPolicy>[1] = {}) =>
  buildPolicy(TARGETS, { routes, ...given });

const record = (prompt: string, metadata = {}): Decision =>
  decide(createRequest({ prompt, metadata }), recordedUnder(), {}, noRandom);

describe('replay', () => {
  it.each([
    ['no route', 'Hello', {}],
    ['a route by pattern', 'Check this contract', {}],
    ['a route by metadata', 'Hello', { tier: 'gold' }],
  ])('gives the recorded decision again: %s', (_, prompt, metadata) => {
    const recorded = record(prompt, metadata);
    expect(replay(recorded, recordedUnder())).toEqual(recorded);
  });

  it('decides by another policy with what was measured then', () => {
    const signals = { [SMALL.id]: buildSignals({ circuit: 'open' }) };
    const recorded = decide(createRequest({ prompt: 'Hello' }), recordedUnder(), { signals }, noRandom);
    const cheapest = replay(recorded, recordedUnder({ strategy: 'cost-optimal' }));
    expect(cheapest).toMatchObject({ strategy: 'cost-optimal', selected: MEDIUM.id });
    expect(cheapest.candidates[2]?.excluded?.reason).toBe('circuit-open');
  });

  it.each([
    [
      'finds a pattern again that was found',
      'Check this contract',
      {},
      'legal',
      [buildRoute('legal', { patterns: ['contract'] })],
    ],
    [
      'does not find a pattern that was not looked for',
      'Check this recipe',
      {},
      null,
      [buildRoute('food', { patterns: ['recipe'] })],
    ],
    ['takes a route by the task', 'Hello', {}, 'talk', [buildRoute('talk', { taskTypes: ['chat'] })]],
    [
      'passes over a route of another task',
      'Hello',
      {},
      null,
      [buildRoute('code', { taskTypes: ['coding'] })],
    ],
    [
      'passes over a route of another complexity',
      'Hello',
      {},
      null,
      [buildRoute('hard', { complexities: ['expert'] })],
    ],
    ['takes the recorded route by its name', 'Hello', { tier: 'gold' }, 'vip', [routes[1] ?? buildRoute('')]],
    ['does not guess at metadata', 'Hello', {}, null, [routes[1] ?? buildRoute('')]],
  ])('under another policy %s', (_, prompt, metadata, expected, others) => {
    expect(replay(record(prompt, metadata), recordedUnder({ routes: others })).route).toBe(expected);
  });

  it('draws by the id of the decision where the recorded one did without', () => {
    const exploring = recordedUnder({ exploration: 1 });
    const taken = Array.from({ length: 300 }, (_, n) =>
      replay({ ...record('Hello'), id: `d-${n}` }, exploring),
    );
    for (const { id } of TARGETS) {
      expect(Math.abs(taken.filter(({ selected }) => selected === id).length - 100)).toBeLessThan(40);
    }
    expect(replay({ ...record('Hello'), id: 'd-1' }, exploring)).toEqual(taken[1]);
  });

  it('throws when the other policy leaves no candidate', () => {
    const other = buildPolicy([buildTarget('p/tiny', { contextTokens: 1 })]);
    expect(() => replay(record('Hello'), other)).toThrow(NoCandidateError);
  });
});

describe('differences', () => {
  const recorded = record('Hello');
  const [first, ...rest] = recorded.candidates;
  if (!first) throw new Error('The decision has no candidate.');

  it.each<[string, Partial<Decision>, string[]]>([
    ['nothing', {}, []],
    ['another choice', { selected: LARGE.id, propensity: 0.5 }, ['selected', 'propensity']],
    ['another override', { override: { requested: 'x', routed: LARGE.id } }, ['override']],
    ['another shadow', { shadows: [LARGE.id] }, ['shadows']],
    ['a missing candidate', { candidates: rest }, ['candidates']],
    [
      'another term',
      { candidates: [{ ...first, terms: { ...first.terms, cost: 0 } }, ...rest] },
      ['candidates[0].terms'],
    ],
    ['another score', { candidates: [{ ...first, score: 9 }, ...rest] }, ['candidates[0].score']],
    ['the noise of a score', { candidates: [{ ...first, score: (first.score ?? 0) + 1e-12 }, ...rest] }, []],
    [
      'another exclusion',
      { candidates: [{ ...first, excluded: { reason: 'policy', detail: '' } }, ...rest] },
      ['candidates[0].excluded'],
    ],
  ])('name %s', (_, change, expected) => {
    expect(differences(recorded, { ...recorded, ...change })).toEqual(expected);
  });
});
