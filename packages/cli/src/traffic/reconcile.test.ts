import { describe, expect, it } from 'vitest';
import { EXIT } from '../exit-code.js';
import { describeSession, exitCodeOfSession } from './describe-session.js';
import { type RunSides, reconcile } from './reconcile.js';
import { createTrafficCounts } from './traffic-counts.js';
import type { TrafficSession } from './traffic-session.js';

const AGREED: RunSides = {
  counts: {
    ...createTrafficCounts(),
    arrived: 10,
    sent: 10,
    succeeded: 10,
    contextTokens: 100,
    generatedTokens: 50,
    tokensInput: 100,
    tokensOutput: 50,
    costNanoUsd: 7000,
  },
  telemetry: { spansEnded: 21, spansAccepted: 21, spansLost: 0, spansPending: 0 },
  stored: {
    rawDecisions: 10,
    distinctDecisions: 10,
    viewDecisions: 10,
    tokensInput: 100,
    tokensOutput: 50,
    costNanoUsd: 7000,
    routeSpanRows: 10,
    distinctRouteSpans: 10,
    attemptSpanRows: 11,
    distinctAttemptSpans: 11,
    decisionsWithoutAttempt: 0,
    sequenceMin: 1,
    sequenceMax: 10,
    sequenceGaps: 0,
    costMismatches: 0,
  },
  size: { requests: 10, contextTokens: 100, generatedTokens: 50, durationMs: 1000 },
  simulated: true,
  mayFail: false,
};

type Change = { [Side in keyof RunSides]?: Partial<RunSides[Side]> };

/** Both sides in agreement, but for the changes. */
const sides = ({ counts, telemetry, stored, mayFail }: Change = {}): RunSides => ({
  ...AGREED,
  counts: { ...AGREED.counts, ...counts },
  telemetry: { ...AGREED.telemetry, ...telemetry },
  stored: { ...AGREED.stored, ...stored },
  mayFail: mayFail === true,
});

const different = (change: Change): string[] =>
  reconcile(sides(change))
    .checks.filter(({ ok }) => !ok)
    .map(({ name }) => name);

describe('reconcile', () => {
  it('is ok when both sides agree', () => {
    expect(reconcile(sides())).toMatchObject({
      ok: true,
      requestsLost: 0,
      rowsDuplicated: 0,
      rowsCollapsed: 0,
    });
  });

  it('calls rows that arrived again collapsed, not duplicated', () => {
    const again = reconcile(sides({ stored: { rawDecisions: 12 } }));
    expect(again).toMatchObject({ ok: true, rowsCollapsed: 2, rowsDuplicated: 0 });
  });

  it.each<[string, Change, string]>([
    ['a lost decision', { stored: { distinctDecisions: 9 } }, 'requests sent = decisions stored'],
    ['a duplicated row', { stored: { viewDecisions: 11 } }, 'rows in decisions = distinct decision ids'],
    ['a gap', { stored: { sequenceGaps: 1 } }, 'sequence numbers without a gap'],
    ['a lost span', { telemetry: { spansLost: 1 } }, 'spans lost before the collector'],
    ['a missing span', { stored: { distinctAttemptSpans: 10 } }, 'spans accepted = spans stored'],
    ['a request that failed', { counts: { failed: 1 } }, 'requests that failed'],
    ['a request not sent', { counts: { sent: 9 } }, 'requests of the load = requests sent'],
    ['another token', { stored: { tokensInput: 101 } }, 'prompt tokens of the load = stored'],
    ['another nano-dollar', { stored: { costNanoUsd: 7001 } }, 'cost reported = stored, in nano-USD'],
    ['an unknown cost that is 0', { stored: { costNanoUsd: null } }, 'cost reported = stored, in nano-USD'],
  ])('finds %s', (_what, change, name) => {
    expect(different(change)).toContain(name);
  });

  it('compares with what was answered where failures are part of the exercise', () => {
    const counts = { failed: 4, contextTokens: 60, tokensInput: 60 };
    expect(different({ mayFail: true, counts, stored: { tokensInput: 60 } })).toEqual([]);
  });
});

describe('exitCodeOfSession', () => {
  const session: TrafficSession = {
    serviceInstanceId: 'x',
    counts: sides().counts,
    telemetry: sides().telemetry,
    reconciliation: reconcile(sides()),
    reconciliationError: null,
    interrupted: false,
  };
  const lost = { ...session.telemetry, spansLost: 3 };

  it.each<[string, Partial<TrafficSession>, number, RegExp]>([
    ['a reconciled run', {}, EXIT.ok, /Reconciled: 0 lost, 0 duplicated\./],
    ['a difference', { reconciliation: reconcile(sides({ counts: { sent: 9 } })) }, EXIT.failed, /DIFFERENT/],
    ['lost telemetry', { reconciliation: null, telemetry: lost }, EXIT.failed, /3 of 21 spans never reached/],
    [
      'a store that is gone',
      { reconciliation: null, reconciliationError: 'gone' },
      EXIT.failed,
      /NOT reconciled: gone/,
    ],
    ['an early end', { interrupted: true }, EXIT.interrupted, /Reconciled/],
    ['no store asked', { reconciliation: null }, EXIT.ok, /sent 10, succeeded 10, failed 0/],
  ])('tells %s', (_what, change, code, text) => {
    expect(exitCodeOfSession({ ...session, ...change })).toBe(code);
    expect(describeSession({ ...session, ...change })).toMatch(text);
  });
});
