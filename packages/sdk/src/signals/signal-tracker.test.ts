import { createManualClock } from '@signalbox/spec/testing';
import { describe, expect, it } from 'vitest';
import { countsAsSuccess, createSignalTracker, type Sample } from './signal-tracker.js';

const sample = (changes: Partial<Sample> = {}): Sample => ({
  succeeded: true,
  firstChunkMs: 200,
  outputTokens: 100,
  durationMs: 1200,
  ...changes,
});

const create = () => {
  const clock = createManualClock();
  const tracker = createSignalTracker(['a/x'], clock);
  return { clock, tracker, signals: () => tracker.signals()['a/x'] };
};

describe('createSignalTracker', () => {
  it('knows nothing before the first attempt', () => {
    expect(create().tracker.signals()).toEqual({});
  });

  it('measures the first chunk, and the speed after it', () => {
    const { tracker, signals } = create();
    tracker.record('a/x', sample());
    expect(signals()).toEqual({
      firstChunkMs: 200,
      tokensPerSecond: 100,
      successRate: 1,
      circuit: 'closed',
    });
  });

  it('measures the speed over the whole call when the first chunk was not seen', () => {
    const { tracker, signals } = create();
    tracker.record('a/x', sample({ firstChunkMs: null, durationMs: 1000 }));
    expect(signals()).toMatchObject({ firstChunkMs: null, tokensPerSecond: 100 });
  });

  it('weighs the newest sample with a tenth', () => {
    const { tracker, signals } = create();
    tracker.record('a/x', sample({ firstChunkMs: 100 }));
    tracker.record('a/x', sample({ firstChunkMs: 200 }));
    expect(signals()?.firstChunkMs).toBeCloseTo(110, 9);
  });

  it.each([
    ['no tokens', { outputTokens: null }],
    ['0 tokens', { outputTokens: 0 }],
    ['no time', { durationMs: 200 }],
  ])('has no speed from a sample with %s', (_name, changes) => {
    const { tracker, signals } = create();
    tracker.record('a/x', sample(changes));
    expect(signals()?.tokensPerSecond).toBeNull();
  });

  it('takes a tenth of the success rate for one failure, not all of it', () => {
    const { tracker, signals } = create();
    tracker.record('a/x', sample({ succeeded: false }));
    expect(signals()?.successRate).toBeCloseTo(0.9, 9);
  });

  it('forgets half of the failures in a minute without attempts', () => {
    const { tracker, clock, signals } = create();
    tracker.record('a/x', sample({ succeeded: false }));
    clock.advance(60_000);
    expect(signals()?.successRate).toBeCloseTo(0.95, 9);
  });

  it('ignores samples that say nothing about the target, and targets that it does not know', () => {
    const { tracker } = create();
    tracker.record('a/x', sample({ succeeded: null }));
    tracker.record('b/y', sample());
    expect(tracker.signals()).toEqual({});
  });
});

describe('countsAsSuccess', () => {
  it.each([
    [null, true],
    ['server', false],
    ['rate-limit', false],
    ['auth', false],
    ['timeout', false],
    ['invalid-request', null],
    ['context-too-long', null],
    ['content-filter', null],
    ['cancelled', null],
  ] as const)('takes %s as %s', (error, counts) => {
    expect(countsAsSuccess(error)).toBe(counts);
  });
});
