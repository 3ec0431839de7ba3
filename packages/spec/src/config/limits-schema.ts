import { z } from 'zod';

const toNanoUsd = (usd: number | undefined): number | null =>
  usd === undefined ? null : Math.round(usd * 1e9);

/** `policy.limits` in the configuration: in USD as written, in nano-USD as parsed. */
export const limitsSchema = z
  .strictObject({
    costUsd: z.number().positive().optional().describe('USD that one request may be expected to cost'),
    worstCostUsd: z
      .number()
      .positive()
      .optional()
      .describe('USD that one request may cost when the answer is as long as it may become'),
    costPer1MTokensUsd: z
      .number()
      .positive()
      .optional()
      .describe('USD that a million tokens may cost, at the expected mix of prompt and answer'),
    latencyMs: z
      .number()
      .positive()
      .optional()
      .describe('Milliseconds that one request may be expected to take'),
  })
  .transform(({ costUsd, worstCostUsd, costPer1MTokensUsd, latencyMs }) => ({
    costNanoUsd: toNanoUsd(costUsd),
    worstCostNanoUsd: toNanoUsd(worstCostUsd),
    costPer1MTokensNanoUsd: toNanoUsd(costPer1MTokensUsd),
    latencyMs: latencyMs ?? null,
  }));
