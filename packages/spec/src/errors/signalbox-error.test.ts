import { describe, expect, it } from 'vitest';
import { NoCandidateError } from './no-candidate-error.js';
import { SignalboxError } from './signalbox-error.js';
import { UnknownModelError } from './unknown-model-error.js';

const error = new UnknownModelError({ model: 'gpt-9', matches: [], targets: ['openai/gpt-5-mini'] });

describe('SignalboxError.isInstance', () => {
  it('knows errors of another copy of the package by their marker', () => {
    const copy = Object.assign(new Error('x'), {
      code: 'unknown-model',
      [Symbol.for('signalbox.error')]: true,
    });
    expect(SignalboxError.isInstance(copy, 'unknown-model')).toBe(true);
  });

  it.each([
    ['the error', error, true],
    ['another error', new Error('no'), false],
    ['null', null, false],
    ['a string', 'unknown-model', false],
  ])('tells %s', (_what, value, expected) => {
    expect(SignalboxError.isInstance(value)).toBe(expected);
  });

  it('narrows by code', () => {
    expect(SignalboxError.isInstance(error, 'unknown-model')).toBe(true);
    expect(SignalboxError.isInstance(error, 'no-candidate')).toBe(false);
  });
});

describe('messages', () => {
  it('say what happened with the value, then what to do', () => {
    expect(error.message).toBe('The model "gpt-9" is not a target. Targets: openai/gpt-5-mini.');
  });

  it('list every exclusion of a request without candidates, and the remedies once', () => {
    const excluded = (target: string, reason: 'over-request-limit' | 'circuit-open', detail: string) => ({
      target,
      provider: 'p',
      model: 'm',
      eligible: false,
      excluded: { reason, detail },
      score: null,
      terms: {},
      probability: 0,
      signals: null,
      estimatedCostNanoUsd: null,
      estimatedLatencyMs: null,
    });
    const candidates = [
      excluded('a/x', 'over-request-limit', 'expected 3, limit 2'),
      excluded('a/y', 'over-request-limit', 'expected 9, limit 2'),
      excluded('b/z', 'circuit-open', 'open'),
    ];
    expect(new NoCandidateError({ candidates }).message).toBe(
      'No candidate left: 3 excluded: a/x over-request-limit (expected 3, limit 2); ' +
        'a/y over-request-limit (expected 9, limit 2); b/z circuit-open (open). ' +
        'To change it, raise the limits, or wait until the provider recovers.',
    );
  });
});
