import type { TokenUsage } from '@signalbox/spec';
import { toDateTime64 } from '../rows/date-time64.js';
import type { TraceRow } from '../rows/trace-row.js';
import { ATTEMPT_ATTRIBUTES, attemptSpan, NOW_NANO, ROUTE_ATTRIBUTES, routeSpan } from './spans.js';

export const HOUR_NANO = 3_600_000_000_000n;

const WITHOUT_PRICE = { 'signalbox.cost.source': undefined, 'signalbox.price.version': undefined };

/** What an attempt span says. */
type Attempt = Partial<TokenUsage> & {
  cost?: number | null;
  model?: string;
  attributes?: Record<string, string>;
};

const dropUndefined = (attributes: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

const text = (value: number | null | undefined): string | undefined => value?.toString();

const attemptRow = (id: string, number: number, hoursAgo: number, attempt: Attempt): TraceRow => {
  const { input = 1000, output = 100, cacheRead, cacheWrite, reasoning, cost = 1, model = 'gpt-5' } = attempt;
  return attemptSpan({
    SpanId: `${id}-${number}`,
    Timestamp: toDateTime64(NOW_NANO - BigInt(hoursAgo) * HOUR_NANO + BigInt(number)),
    SpanAttributes: dropUndefined({
      ...ATTEMPT_ATTRIBUTES,
      'signalbox.decision.id': id,
      'signalbox.attempt.number': String(number),
      'signalbox.outcome': 'succeeded',
      'signalbox.attempt.target': `openai/${model}`,
      'gen_ai.request.model': model,
      'signalbox.attempt.cost_nano_usd': text(cost),
      ...(cost === null && WITHOUT_PRICE),
      'gen_ai.usage.input_tokens': text(input),
      'gen_ai.usage.output_tokens': text(output),
      'gen_ai.usage.cache_read.input_tokens': text(cacheRead),
      'gen_ai.usage.cache_write.input_tokens': text(cacheWrite),
      'gen_ai.usage.reasoning.output_tokens': text(reasoning),
      'error.type': undefined,
      'gen_ai.response.time_to_first_chunk': undefined,
      ...attempt.attributes,
    }),
  });
};

/**
 * The spans of a request with these attempts, some hours ago. `cost` is what the route span says; an attempt says 1
 * nano-USD, 1000 tokens in and 100 out unless told otherwise. `null` leaves an attribute out.
 */
export const request = (
  id: string,
  attempts: Attempt[],
  { hoursAgo = 1, cost = 1 as number | null } = {},
): TraceRow[] => [
  routeSpan({
    SpanId: id,
    Timestamp: toDateTime64(NOW_NANO - BigInt(hoursAgo) * HOUR_NANO),
    SpanAttributes: dropUndefined({
      ...ROUTE_ATTRIBUTES,
      'signalbox.decision.id': id,
      'signalbox.attempts': String(attempts.length),
      'signalbox.cost.nano_usd': text(cost),
      ...(cost === null && WITHOUT_PRICE),
    }),
  }),
  ...attempts.map((attempt, index) => attemptRow(id, index + 1, hoursAgo, attempt)),
];
