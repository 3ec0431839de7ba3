import { z } from 'zod';
import { clickhouseSchema } from './clickhouse-schema.js';
import { collectorSchema } from './collector-schema.js';
import { policySchema } from './policy-schema.js';
import { providerSchema } from './provider-schema.js';
import { retentionSchema } from './retention-schema.js';
import { targetSchema } from './target-schema.js';

const telemetrySchema = z.strictObject({
  enabled: z.boolean().default(true).describe('False emits no spans and no metrics'),
  serviceName: z
    .string()
    .min(1)
    .default('signalbox')
    .describe('service.name, where Signalbox sets up the OTel SDK'),
  endpoint: z
    .url({ protocol: /^https?$/ })
    .default('http://127.0.0.1:4318')
    .describe('OTLP/HTTP endpoint, where Signalbox sets up the OTel SDK'),
});

const pricesSchema = z.strictObject({
  file: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Price file (YAML or JSON) that overrides every other price; its path is relative to the configuration file',
    ),
});

/** A target by its id alone. What the model can do comes from the catalogue, where the configuration is used. */
const targetNameSchema = z
  .string()
  .describe('`provider/model`, for example `openai/gpt-6-luna`')
  .transform((id) => ({ id }))
  .pipe(targetSchema);

/** The whole of `signalbox.config.{ts,js,yaml,json}`. Every field but the targets has a default. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional().describe('JSON Schema of this file, for editors'),
    tenant: z.string().min(1).default('default').describe('Tenant of requests that name none'),
    providers: z.record(z.string().min(1), providerSchema).default({}),
    targets: z.array(z.union([targetNameSchema, targetSchema])).default([]),
    prices: pricesSchema.prefault({}),
    policy: policySchema.prefault({}),
    telemetry: telemetrySchema.prefault({}),
    collector: collectorSchema.prefault({}),
    clickhouse: clickhouseSchema.prefault({}),
    retention: retentionSchema.prefault({}),
  })
  .superRefine(({ targets, policy }, context) => {
    const ids = new Set<string>();
    for (const [index, { id }] of targets.entries()) {
      if (ids.has(id))
        context.addIssue({
          code: 'custom',
          path: ['targets', index, 'id'],
          message: `"${id}" is already taken`,
        });
      ids.add(id);
    }
    // History is priced by provider and model, so these must have one price.
    for (const [index, { provider, model, price }] of targets.entries()) {
      const first = targets.findIndex(
        (other) => other.price !== null && other.provider === provider && other.model === model,
      );
      if (price === null || JSON.stringify(price) === JSON.stringify(targets[first]?.price)) continue;
      const message = `differs from targets[${first}].price, although both are ${model} of ${provider}`;
      context.addIssue({ code: 'custom', path: ['targets', index, 'price'], message });
    }
    const requireKnown = (list: readonly string[], path: (string | number)[]): void => {
      for (const [index, id] of list.entries()) {
        if (!ids.has(id)) {
          const message = `"${id}" is not a target. Targets: ${[...ids].join(', ') || 'none'}`;
          context.addIssue({ code: 'custom', path: [...path, index], message });
        }
      }
    };
    requireKnown(policy.fallback.chain, ['policy', 'fallback', 'chain']);
    for (const [index, arm] of policy.arms.entries())
      requireKnown(arm.targets, ['policy', 'arms', index, 'targets']);
    for (const [tenant, rule] of Object.entries(policy.tenants)) {
      for (const field of ['allow', 'deny'] as const)
        requireKnown(rule[field], ['policy', 'tenants', tenant, field]);
    }
    for (const [index, route] of policy.routes.entries()) {
      for (const field of ['prefer', 'allow', 'deny'] as const)
        requireKnown(route[field], ['policy', 'routes', index, field]);
    }
  });

/** What users write. */
export type SignalboxConfig = z.input<typeof configSchema>;

/** What the code reads: every default filled in, prices as integers. */
export type ResolvedConfig = z.output<typeof configSchema>;
