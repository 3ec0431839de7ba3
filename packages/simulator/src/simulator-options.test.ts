import { expect, it } from 'vitest';
import { SimulatorError } from './simulator-error.js';
import { resolveOptions, type SimulatorOptions } from './simulator-options.js';

const incident = { kind: 'outage', id: 'one', model: '*', share: 1, atMs: 0, forMs: 1 } as const;

it('has the documented defaults', () => {
  expect(resolveOptions({})).toMatchObject({
    seed: 1,
    timeScale: 1,
    timeline: [],
    apiKey: null,
    maxBodyBytes: 33_554_432,
    maxInFlight: 20_000,
  });
});

it('takes the owners of the models for providers, besides the listed ones', () => {
  const { catalog } = resolveOptions({ models: { 'gpt-5': { ownedBy: 'openai' } }, providers: ['azure'] });
  expect(['openai', 'azure', 'google'].map((name) => catalog.hasProvider(name))).toEqual([true, true, false]);
});

it.each([
  [{}, true],
  [{ models: {} }, false],
  [{ models: {}, allowUnknownModels: true }, true],
  [{ allowUnknownModels: false }, false],
])('with %j finds an unknown model: %s', (options, finds) => {
  expect(resolveOptions(options).catalog.find('unknown') !== null).toBe(finds);
});

it.each<[string, object, string]>([
  ['rate of zero', { models: { m: { tokensPerSecond: 0 } } }, 'models.m.tokensPerSecond is 0.'],
  [
    'unknown profile field',
    { models: { m: { tps: 1 } } },
    "models.m: Unknown field 'tps'. Allowed: firstTokenMs,",
  ],
  [
    'p95 below the median',
    { models: { m: { firstTokenMs: { median: 2, p95: 1 } } } },
    'models.m.firstTokenMs.p95',
  ],
  ['error rate above 1', { models: { m: { errorRate: { 500: 1.5 } } } }, 'models.m.errorRate.500 is 1.5.'],
  [
    'error rates above 1',
    { models: { m: { errorRate: { 429: 0.6, 500: 0.6 } } } },
    'must not sum to more than 1',
  ],
  ['error status it has not', { models: { m: { errorRate: { 404: 0.1 } } } }, 'Allowed: 429, 500, 503.'],
  ['provider with a slash', { providers: ['a/b'] }, 'providers[0] is "a/b".'],
  ['provider that hides a route', { providers: ['v1'] }, 'providers[0] is "v1".'],
  ['time scale of zero', { timeScale: 0 }, 'timeScale is 0.'],
  ['clock that is no function', { now: 5 }, 'now is 5. Give a function.'],
  ['unknown option', { latency: 1 }, "Unknown field 'latency'. Allowed: models,"],
  [
    'incident of no model',
    { models: { m: {} }, timeline: [{ ...incident, model: 'x' }] },
    "timeline[0].model is 'x'. Allowed: *, simulator, m.",
  ],
  ['incident twice', { timeline: [incident, incident] }, "timeline[1].id is 'one', as is an earlier one."],
  [
    'incident without a start',
    { timeline: [{ ...incident, atMs: undefined }] },
    'timeline[0].atMs is missing.',
  ],
])('refuses a %s', (_name, options, message) => {
  const resolve = () => resolveOptions(options as SimulatorOptions);
  expect(resolve).toThrow(SimulatorError);
  expect(resolve).toThrow(message);
});
