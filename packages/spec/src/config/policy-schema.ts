import { z } from 'zod';
import { STRATEGY_NAMES } from '../routing/strategy.js';
import { COMPLEXITY_LEVELS, TASK_TYPES } from '../routing/task.js';
import { armsSchema, distributionSchema, stickySchema } from './distribution-schema.js';
import { limitsSchema } from './limits-schema.js';
import { share, tags, targetIds } from './schema-parts.js';
import { customStrategySchema } from './strategy-schema.js';
import { tenantRuleSchema } from './tenant-rule-schema.js';

/** Weights of `balanced`. The default leans neither way. */
const preferencesSchema = z.strictObject({
  costSensitivity: share.default(0.5).describe('0 to 1; only the ratio of the three matters'),
  speedPreference: share.default(0.5),
  qualityPreference: share.default(0.5),
});

const routeSchema = z.strictObject({
  name: z.string().min(1).describe('Name in spans and tables'),
  patterns: z
    .array(z.string().min(1))
    .default([])
    .describe('Words, phrases, or RE2 expressions between slashes; any one found in the prompt matches'),
  taskTypes: z.array(z.enum(TASK_TYPES)).default([]).describe('Any one of these; empty means all'),
  complexities: z.array(z.enum(COMPLEXITY_LEVELS)).default([]).describe('Any one of these; empty means all'),
  metadata: z.record(z.string(), z.string()).default({}).describe('Equality on request metadata'),
  strategy: z.string().min(1).nullable().default(null).describe('Replaces the strategy of the policy'),
  prefer: targetIds.describe('Target ids that get a preference'),
  allow: targetIds.describe('If not empty, only these target ids'),
  deny: targetIds.describe('Never these target ids'),
});

/** `policy` in the configuration. Everything has a default, so that a list of targets is enough to start. */
export const policySchema = z
  .strictObject({
    name: z.string().min(1).default('default').describe('Name in spans and tables'),
    strategy: z
      .string()
      .min(1)
      .default('balanced')
      .describe(
        `How eligible targets are ranked: ${STRATEGY_NAMES.map((name) => `\`${name}\``).join(', ')}, or one of \`strategies\``,
      ),
    strategies: z
      .record(z.string().min(1), customStrategySchema)
      .default({})
      .describe("Strategies of one's own, by name"),
    preferences: preferencesSchema.prefault({}),
    exploration: share
      .default(0)
      .describe(
        'Share of requests spread evenly over the eligible targets, so that alternatives stay measured',
      ),
    distribution: distributionSchema,
    arms: armsSchema,
    sticky: stickySchema,
    overrides: z
      .enum(['allow', 'deny'])
      .default('allow')
      .describe('Whether callers may name a concrete model'),
    limits: limitsSchema.prefault({}),
    residency: tags.describe(
      'Targets must process data in one of these places, for example `eu`; empty is anywhere',
    ),
    tenants: z
      .record(z.string().min(1), tenantRuleSchema)
      .default({})
      .describe('What a tenant may use; a tenant that is not listed may use everything'),
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
  })
  .superRefine(({ strategy, strategies, routes }, context) => {
    const known: readonly string[] = [...STRATEGY_NAMES, ...Object.keys(strategies)];
    const requireStrategy = (name: string | null, path: (string | number)[]): void => {
      if (name === null || known.includes(name)) return;
      context.addIssue({
        code: 'custom',
        path,
        message: `"${name}" is not a strategy. Strategies: ${known.join(', ')}`,
      });
    };
    requireStrategy(strategy, ['strategy']);
    for (const [index, route] of routes.entries())
      requireStrategy(route.strategy, ['routes', index, 'strategy']);
    for (const name of STRATEGY_NAMES) {
      if (Object.hasOwn(strategies, name)) {
        context.addIssue({
          code: 'custom',
          path: ['strategies', name],
          message: 'is the name of a built-in strategy',
        });
      }
    }
  });

/** A policy as parsed from the configuration: everything of `Policy` but its version and targets. */
export type PolicyConfig = z.output<typeof policySchema>;
