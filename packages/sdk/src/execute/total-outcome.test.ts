import type { AttemptOutcome, ErrorType, PriceSource } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { UNKNOWN_USAGE } from '../attempt/token-usage.js';
import { type EndedAttempt, totalOutcome } from './total-outcome.js';

const attempt = (
  input: number | null,
  costNanoUsd: number | null,
  {
    error = null,
    gotContent = false,
    source = 'config',
  }: { error?: ErrorType | null; gotContent?: boolean; source?: PriceSource } = {},
): EndedAttempt => {
  const status: AttemptOutcome['status'] =
    error === null ? 'succeeded' : error === 'cancelled' ? 'cancelled' : 'failed';
  return {
    gotContent,
    outcome: {
      status,
      usage: { ...UNKNOWN_USAGE, input, output: input },
      costNanoUsd,
      costSource: costNanoUsd === null ? null : source,
      priceVersion: costNanoUsd === null ? null : `${source}-1`,
      responseModel: null,
      responseId: null,
      finishReason: null,
      error: error && { type: error, message: '', status: null },
    },
  };
};

describe('totalOutcome', () => {
  it('adds up the attempts that used tokens', () => {
    const refused = attempt(null, null, { error: 'rate-limit' });
    const cut = attempt(5, 50, { error: 'server' });
    expect(totalOutcome([refused, cut, attempt(10, 100)])).toEqual({
      usage: { ...UNKNOWN_USAGE, input: 15, output: 15 },
      costNanoUsd: 150,
      costSource: 'config',
      priceVersion: 'config-1',
    });
  });

  it('calls the price mixed when the attempts took theirs from several places', () => {
    const total = totalOutcome([attempt(1, 10), attempt(1, 10, { source: 'package' })]);
    expect(total).toMatchObject({ costNanoUsd: 20, costSource: 'mixed', priceVersion: 'mixed' });
  });

  it.each([
    ['a success without usage', attempt(null, null)],
    ['a break after content', attempt(null, null, { error: 'network', gotContent: true })],
    ['a cancelled call', attempt(null, null, { error: 'cancelled' })],
    ['a timeout', attempt(null, null, { error: 'timeout' })],
  ])('does not know the sum with %s', (_name, unknown) => {
    expect(totalOutcome([unknown, attempt(10, 100)])).toEqual({
      usage: UNKNOWN_USAGE,
      costNanoUsd: null,
      costSource: null,
      priceVersion: null,
    });
  });

  it('knows the tokens but not the cost when a price is unknown', () => {
    expect(totalOutcome([attempt(10, null)])).toMatchObject({ usage: { input: 10 }, costNanoUsd: null });
  });

  it('reports nothing, not 0, when nothing was used', () => {
    const nothing = { usage: UNKNOWN_USAGE, costNanoUsd: null, costSource: null, priceVersion: null };
    expect(totalOutcome([])).toEqual(nothing);
    expect(totalOutcome([attempt(null, null, { error: 'overloaded' })])).toEqual(nothing);
  });
});
