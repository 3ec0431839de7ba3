import { z } from 'zod';

/** USD per one million tokens as users write it (0.25), parsed to nano-USD per million tokens (250_000_000). */
export const usdPerMillion = z
  .number()
  .min(0)
  .max(1_000_000)
  .describe('USD per one million tokens')
  .transform((usd) => Math.round(usd * 1e9));
