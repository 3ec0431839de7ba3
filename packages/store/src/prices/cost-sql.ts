// `costNanoUsd` of @signalbox/router as SQL: a test holds both equal to the nano-dollar. 256 bits hold every sum of
// 64-bit tokens times 64-bit prices, so nothing is rounded before the end.

/** 2^53 - 1: what a `number` holds exactly. A count or a cost beyond it is unknown, as it is in the request path. */
const MAX_SAFE = '9007199254740991';

const RATES = ['input', 'output', 'cache_read', 'cache_write', 'reasoning'] as const;

/** The rate in effect: that of the last tier whose threshold the input exceeds, else the base. */
const rateOf = (rate: (typeof RATES)[number]): string =>
  `if(tier = 0, p.${rate}, p.\`tiers.${rate}\`[tier]) AS rate_${rate}`;

const wide = (sql: string): string => `toInt256(${sql})`;

/**
 * Definitions for a `WITH`: `computed_cost_nano_usd` is the cost of the tokens of `a` (a row of `attempts`) at the prices
 * of `p` (a row of `model_prices`); NULL when the price, the input or the output is unknown.
 */
export const COST_DEFINITIONS = `
    ifNull(a.tokens_cache_read, 0) AS cache_read,
    ifNull(a.tokens_cache_write, 0) AS cache_write,
    ifNull(a.tokens_reasoning, 0) AS reasoning,
    arrayLastIndex(threshold -> ifNull(a.tokens_input, 0) > threshold, p.\`tiers.above_input_tokens\`) AS tier,
    ${RATES.map(rateOf).join(',\n    ')},
    greatest(${wide('ifNull(a.tokens_input, 0)')} - cache_read - cache_write, ${wide('0')}) * rate_input
      + ${wide('cache_read')} * ifNull(rate_cache_read, rate_input)
      + ${wide('cache_write')} * ifNull(rate_cache_write, rate_input)
      + greatest(${wide('ifNull(a.tokens_output, 0)')} - reasoning, ${wide('0')}) * rate_output
      + ${wide('reasoning')} * ifNull(rate_reasoning, rate_output) AS cost_times_million,
    intDiv(cost_times_million + 500000, 1000000) AS wide_cost,
    if(
      a.tokens_input IS NULL OR a.tokens_output IS NULL
        OR greatest(a.tokens_input, a.tokens_output, cache_read, cache_write, reasoning) > ${MAX_SAFE}
        OR wide_cost > ${MAX_SAFE},
      NULL,
      toInt64(wide_cost)
    ) AS computed_cost_nano_usd`;
