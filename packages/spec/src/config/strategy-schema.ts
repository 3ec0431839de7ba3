import { z } from 'zod';
import { TERM_NAMES } from '../routing/strategy.js';

const weightsSchema = z
  .strictObject({
    weights: z
      .partialRecord(z.enum(TERM_NAMES), z.number().min(0).max(100))
      .refine((weights) => Object.values(weights).some((weight) => weight > 0), 'needs a weight above 0')
      .describe('What each term is multiplied with; a term without a weight is left out'),
  })
  .describe('A sum of weighted terms');

const codeSchema = z
  .strictObject({
    code: z.string().min(1).describe('Version of the strategy that code registers under this name'),
  })
  .describe('A function of the code');

/** One entry of `policy.strategies` in the configuration. */
export const customStrategySchema = z.union([weightsSchema, codeSchema]);
