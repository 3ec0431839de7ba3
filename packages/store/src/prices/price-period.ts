import type { PricedModel, PricePeriod, Rates } from '@signalbox/spec';
import { arrayOf, integer, nullable, text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';

/** A row of `model_prices`: rates in nano-USD per million tokens, times in milliseconds since 1970. */
export type PricePeriodRow = {
  provider: string;
  model: string;
  recordedAtMs: number;
  /** 0: since ever. */
  validFromMs: number;
  input: number | null;
  output: number | null;
  cacheRead: number | null;
  cacheWrite: number | null;
  reasoning: number | null;
  tierAbove: number[];
  tierInput: number[];
  tierOutput: number[];
  tierCacheRead: (number | null)[];
  tierCacheWrite: (number | null)[];
  tierReasoning: (number | null)[];
  source: string | null;
  version: string | null;
};

const UNKNOWN: Rates | Record<keyof Rates, null> = {
  input: null,
  output: null,
  cacheRead: null,
  cacheWrite: null,
  reasoning: null,
};

/** A period of a price book as it is stored, without the time of recording. */
export const toPricePeriodRow = (
  { provider, model }: PricedModel,
  { validFrom, resolved }: PricePeriod,
): Omit<PricePeriodRow, 'recordedAtMs'> => {
  const { input, output, cacheRead, cacheWrite, reasoning } = resolved?.price ?? UNKNOWN;
  const tiers = resolved?.price.tiers ?? [];
  return {
    provider,
    model,
    validFromMs: validFrom?.getTime() ?? 0,
    input,
    output,
    cacheRead,
    cacheWrite,
    reasoning,
    tierAbove: tiers.map((tier) => tier.aboveInputTokens),
    tierInput: tiers.map((tier) => tier.input),
    tierOutput: tiers.map((tier) => tier.output),
    tierCacheRead: tiers.map((tier) => tier.cacheRead),
    tierCacheWrite: tiers.map((tier) => tier.cacheWrite),
    tierReasoning: tiers.map((tier) => tier.reasoning),
    source: resolved?.source ?? null,
    version: resolved?.version ?? null,
  };
};

/** All periods of every model as known at a time; default: as known now. By provider, model and time. */
export const pricePeriods: NamedQuery<{ knownAt?: Date }, PricePeriodRow> = {
  name: 'pricePeriods',
  sql: `
    SELECT
      provider,
      model,
      toUnixTimestamp64Milli(recorded_at) AS recordedAtMs,
      toUnixTimestamp64Milli(valid_from) AS validFromMs,
      input,
      output,
      cache_read AS cacheRead,
      cache_write AS cacheWrite,
      reasoning,
      \`tiers.above_input_tokens\` AS tierAbove,
      \`tiers.input\` AS tierInput,
      \`tiers.output\` AS tierOutput,
      \`tiers.cache_read\` AS tierCacheRead,
      \`tiers.cache_write\` AS tierCacheWrite,
      \`tiers.reasoning\` AS tierReasoning,
      source,
      version
    FROM model_price_periods(known_at = {knownAt:DateTime64(3, 'UTC')})
    ORDER BY provider, model, valid_from`,
  bind: ({ knownAt = END_OF_TIME }) => ({ knownAt }),
  decode: {
    provider: text,
    model: text,
    recordedAtMs: integer,
    validFromMs: integer,
    input: nullable(integer),
    output: nullable(integer),
    cacheRead: nullable(integer),
    cacheWrite: nullable(integer),
    reasoning: nullable(integer),
    tierAbove: arrayOf(integer),
    tierInput: arrayOf(integer),
    tierOutput: arrayOf(integer),
    tierCacheRead: arrayOf(nullable(integer)),
    tierCacheWrite: arrayOf(nullable(integer)),
    tierReasoning: arrayOf(nullable(integer)),
    source: nullable(text),
    version: nullable(text),
  },
};

const END_OF_TIME = new Date('2200-01-01T00:00:00Z');
