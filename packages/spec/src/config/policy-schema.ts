import { z } from 'zod';
import { STRATEGY_NAMES } from '../routing/strategy.js';
import { COMPLEXITY_LEVELS, TASK_TYPES } from '../routing/task.js';

const share = z.number().min(0).max(1);

/** Weights of `balanced`. The default leans neither way. */
const preferencesSchema = z.strictObject({
  costSensitivity: share.default(0.5).describe('0 to 1; only the ratio of the three matters'),
  speedPreference: share.default(0.5),
  qualityPreference: share.default(0.5),
});

const toNanoUsd = (usd: number | undefined): number | null =>
  usd === undefined ? null : Math.round(usd * 1e9);

const limitsSchema = z
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

const targetIds = z.array(z.string().min(1)).default([]);

const routeSchema = z.strictObject({
  name: z.string().min(1).describe('Name in spans and tables'),
  patterns: z
    .array(z.string().min(1))
    .default([])
    .describe('Words or phrases; any one found in the prompt matches'),
  taskTypes: z.array(z.enum(TASK_TYPES)).default([]).describe('Any one of these; empty means all'),
  complexities: z.array(z.enum(COMPLEXITY_LEVELS)).default([]).describe('Any one of these; empty means all'),
  metadata: z.record(z.string(), z.string()).default({}).describe('Equality on request metadata'),
  strategy: z.enum(STRATEGY_NAMES).nullable().default(null).describe('Replaces the strategy of the policy'),
  prefer: targetIds.describe('Target ids that get a preference'),
  allow: targetIds.describe('If not empty, only these target ids'),
  deny: targetIds.describe('Never these target ids'),
});

/** `policy` in the configuration. Everything has a default, so that a list of targets is enough to start. */
export const policySchema = z.strictObject({
  name: z.string().min(1).default('default').describe('Name in spans and tables'),
  strategy: z.enum(STRATEGY_NAMES).default('balanced').describe('How eligible targets are ranked'),
  preferences: preferencesSchema.prefault({}),
  exploration: share
    .default(0)
    .describe(
      'Share of requests spread evenly over the eligible targets, so that alternatives stay measured',
    ),
  limits: limitsSchema.prefault({}),
  routes: z.array(routeSchema).default([]).describe('First match wins'),
  fallback: z
    .strictObject({
      maxModels: z
        .int()
        .min(1)
        .max(10)
        .default(3)
        .describe('Models tried for one request, the first included'),
      chain: targetIds.describe('Order of fallbacks; empty means the ranking'),
    })
    .prefault({}),
});

/** A policy as parsed from the configuration: everything of `Policy` but its version and targets. */
export type PolicyConfig = z.output<typeof policySchema>;
