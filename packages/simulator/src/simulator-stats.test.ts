import { expect, it } from 'vitest';
import { createStatsRecorder } from './simulator-stats.js';

it('counts each end of a request, per model and in total', () => {
  const stats = createStatsRecorder();
  stats.begin('a')({ kind: 'succeeded', tokensInput: 10, tokensOutput: 3 });
  stats.begin('a')({ kind: 'succeeded', tokensInput: 5, tokensOutput: 1 });
  stats.begin('a')({ kind: 'failed', status: 429 });
  stats.begin('b')({ kind: 'cut' });
  stats.begin('b')({ kind: 'abandoned' });
  stats.begin('b');
  stats.reject(404);
  const { total, models, rejected } = stats.snapshot();
  const none = {
    succeeded: 0,
    failed: {},
    cut: 0,
    abandoned: 0,
    inFlight: 0,
    tokensInput: 0,
    tokensOutput: 0,
  };
  expect(models).toEqual({
    a: { ...none, requests: 3, succeeded: 2, failed: { 429: 1 }, tokensInput: 15, tokensOutput: 4 },
    b: { ...none, requests: 3, cut: 1, abandoned: 1, inFlight: 1 },
  });
  expect(total).toMatchObject({ requests: 6, succeeded: 2, inFlight: 1, tokensInput: 15, tokensOutput: 4 });
  expect(rejected).toEqual({ 404: 1 });
});

it('gives a snapshot that later requests do not change', () => {
  const stats = createStatsRecorder();
  const before = stats.snapshot();
  stats.begin('a');
  expect(before.total.requests).toBe(0);
});

it('counts the models past the thousandth together', () => {
  const stats = createStatsRecorder();
  for (let index = 0; index < 1_005; index++) stats.begin(`model-${index}`);
  const { models } = stats.snapshot();
  expect(Object.keys(models)).toHaveLength(1_001);
  expect(models['(other)']).toMatchObject({ requests: 5 });
});
