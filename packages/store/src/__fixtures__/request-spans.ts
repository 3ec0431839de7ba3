import { toDateTime64 } from '../rows/date-time64.js';
import type { TraceRow } from '../rows/trace-row.js';
import { ATTEMPT_ATTRIBUTES, attemptSpan, NOW_NANO, ROUTE_ATTRIBUTES, routeSpan } from './spans.js';

/** A routed request with its attempts, as spans. An attribute set to undefined is left out. */
export function requestSpans(options: {
  run: string;
  sequence: number;
  attributes?: Record<string, string | undefined>;
  attemptCosts?: (string | undefined)[];
  durationMs?: number;
}): TraceRow[] {
  const { run, sequence, attributes = {}, attemptCosts = ['650000'], durationMs = 100 } = options;
  const id = { 'signalbox.decision.id': `${run}-${sequence}` };
  const shared = {
    TraceId: `${run}-${sequence}`,
    ResourceAttributes: { 'service.name': 'checkout', 'service.instance.id': run },
    Duration: BigInt(durationMs) * 1_000_000n,
    Timestamp: toDateTime64(NOW_NANO + BigInt(sequence) * 1_000_000_000n),
  };
  const own = {
    ...id,
    'signalbox.decision.sequence': String(sequence),
    'signalbox.attempts': String(attemptCosts.length),
  };
  return [
    routeSpan({ ...shared, SpanAttributes: defined({ ...ROUTE_ATTRIBUTES, ...own, ...attributes }) }),
    ...attemptCosts.map((cost, index) =>
      attemptSpan({
        ...shared,
        SpanId: `attempt-${index + 1}`,
        SpanAttributes: defined({
          ...ATTEMPT_ATTRIBUTES,
          ...id,
          'signalbox.attempt.number': String(index + 1),
          'signalbox.attempt.cost_nano_usd': cost,
        }),
      }),
    ),
  ];
}

function defined(attributes: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Attributes that leave out tokens and cost. */
export const UNKNOWN = {
  'signalbox.tokens.input': undefined,
  'signalbox.tokens.output': undefined,
  'signalbox.cost.nano_usd': undefined,
};

/** Four requests of a process called run: one after the other, a second apart; the last one failed. */
export const RUN: readonly TraceRow[] = [
  ...requestSpans({ run: 'run', sequence: 1 }),
  ...requestSpans({ run: 'run', sequence: 2, durationMs: 300 }),
  ...requestSpans({
    run: 'run',
    sequence: 3,
    attributes: { 'signalbox.served.target': 'anthropic/claude-opus', 'signalbox.tenant': undefined },
    attemptCosts: [undefined, '650000'],
    durationMs: 500,
  }),
  ...requestSpans({
    run: 'run',
    sequence: 4,
    attributes: { ...UNKNOWN, 'signalbox.served.target': undefined, 'signalbox.outcome': 'failed' },
    attemptCosts: [undefined],
    durationMs: 300,
  }),
];
