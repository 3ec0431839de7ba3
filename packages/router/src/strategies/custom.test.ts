import { UnknownStrategyError } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { buildPolicy, buildRoute, LARGE, MEDIUM, noRandom, SMALL } from '../__fixtures__/build.js';
import { createRequest } from '../create-request.js';
import { decide } from '../decide.js';
import { registerStrategy } from './register-strategy.js';
import { strategyOf } from './strategies.js';
import { describeStrategy } from './strategy.contract.js';

const TARGETS = [SMALL, MEDIUM, LARGE];
const request = createRequest({ prompt: 'Hello' });

describeStrategy(
  strategyOf('thrifty', { strategies: { thrifty: { weights: { cost: 3, quality: 1, latency: 1 } } } }),
);

describe('a strategy of weights', () => {
  const strategies = { finest: { weights: { quality: 2, preference: 0 } } };
  const policy = buildPolicy(TARGETS, {
    strategy: 'finest',
    strategies,
    routes: [buildRoute('all', { prefer: [SMALL.id] })],
  });

  it('ranks by its weights, with reliability unless it says otherwise', () => {
    const { selected, strategy, candidates } = decide(request, policy, {}, noRandom);
    expect({ selected, strategy }).toEqual({ selected: LARGE.id, strategy: 'finest' });
    expect(candidates[0]?.terms).toEqual({ quality: 1.84, 'reliability-unknown': 0.238 });
  });

  it('may be asked for by a request', () => {
    const other = buildPolicy(TARGETS, { strategies });
    expect(decide({ ...request, strategy: 'finest' }, other, {}, noRandom).selected).toBe(LARGE.id);
  });

  it('makes another version of the policy', () => {
    expect(buildPolicy(TARGETS, { strategies }).version).not.toBe(buildPolicy(TARGETS).version);
  });
});

describe('a strategy in code', () => {
  const policyOf = (code: string) =>
    buildPolicy(TARGETS, { strategy: 'shortest', strategies: { shortest: { code } } });

  it('ranks by its terms, rounded to three decimals', () => {
    registerStrategy({
      name: 'shortest',
      version: '1',
      terms: ({ target }) => ({ brevity: 1 / target.id.length }),
    });
    const { selected, candidates } = decide(request, policyOf('1'), {}, noRandom);
    expect(selected).toBe(SMALL.id);
    expect(candidates[0]?.terms).toEqual({ brevity: 0.059 });
  });

  it('is refused in another version than is registered', () => {
    registerStrategy({ name: 'shortest', version: '2', terms: () => ({ same: 0 }) });
    expect(() => policyOf('1')).toThrow(UnknownStrategyError);
    expect(() => policyOf('1')).toThrow(/version "1" of the strategy "shortest", which is not registered/);
  });

  it('ends the decision with the term that is no number', () => {
    registerStrategy({ name: 'shortest', version: '3', terms: () => ({ broken: Number.NaN }) });
    expect(() => decide(request, policyOf('3'), {}, noRandom)).toThrow(
      'Strategy "shortest" gives openai/gpt-5-mini the term "broken" of NaN. Give a finite number.',
    );
  });
});

it.each(['fastest', 'constructor', '__proto__'])('refuses the unknown strategy %s', (strategy) => {
  expect(() => decide({ ...request, strategy }, buildPolicy(TARGETS), {}, noRandom)).toThrow(
    `"${strategy}" is not a strategy. Strategies: cost-optimal, performance-optimal,`,
  );
});
