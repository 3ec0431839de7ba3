import { z } from 'zod';
import { CAPABILITIES, type Target } from '../routing/target.js';
import { TASK_TYPES } from '../routing/task.js';
import { priceSchema } from './price-schema.js';

const ID = /^[^/\s]+\/\S+$/;

const latencySchema = z
  .strictObject({
    firstChunkMs: z.number().positive().describe('Milliseconds to the first chunk'),
    tokensPerSecond: z.number().positive().describe('Tokens per second after it'),
  })
  .describe('Expected speed, used until it is measured');

/** One entry of `targets` in the configuration, parsed to a `Target`. */
export const targetSchema = z
  .strictObject({
    id: z
      .string()
      .regex(ID, 'must be "provider/model", for example "openai/gpt-5-mini"')
      .describe('`provider/model`; the provider is a key of `providers`'),
    model: z
      .string()
      .min(1)
      .optional()
      .describe('Model name sent to the provider; default: the id after the first slash'),
    price: priceSchema
      .optional()
      .describe(
        'Unset takes the price that the built-in catalogue has; where it has none, cost is unknown, not 0',
      ),
    contextTokens: z.int().positive().optional().describe('Tokens of prompt and answer together'),
    maxOutputTokens: z.int().positive().optional().describe('Longest answer in tokens'),
    capabilities: z
      .array(z.enum(CAPABILITIES))
      .default(['streaming'])
      .describe('A request that needs another one excludes the target'),
    quality: z.number().min(0).max(1).optional().describe('Expected quality, 0 to 1'),
    qualityByTask: z
      .partialRecord(z.enum(TASK_TYPES), z.number().min(0).max(1))
      .default({})
      .describe('The same by task type, where it differs'),
    latency: latencySchema.optional(),
    residency: z
      .array(z.string().min(1))
      .default([])
      .describe('Tags of the places where it processes data, for example `eu`; empty is unknown'),
  })
  .transform((config): Target => {
    const slash = config.id.indexOf('/');
    return {
      id: config.id,
      provider: config.id.slice(0, slash),
      model: config.model ?? config.id.slice(slash + 1),
      price: config.price ?? null,
      contextTokens: config.contextTokens ?? null,
      maxOutputTokens: config.maxOutputTokens ?? null,
      capabilities: config.capabilities,
      quality: config.quality ?? null,
      qualityByTask: config.qualityByTask,
      latency: config.latency ?? null,
      residency: config.residency,
    };
  });
