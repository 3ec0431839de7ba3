import { z } from 'zod';

/**
 * One thing a provider does wrong:
 * - `outage`: answers 503 at once.
 * - `rate-limit`: answers 429 at once, with `retry-after` of so many seconds (default 1).
 * - `latency`: takes `factor` times as long to the first token and between tokens (default 3).
 * - `cut-stream`: destroys the connection after `afterTokens` tokens (default 8), or after the last one and
 *   before the end mark where the answer is shorter. A plain answer is cut at the same moment, unsent.
 * - `hang`: accepts the request and never answers.
 */
export type Fault =
  | { kind: 'outage' }
  | { kind: 'latency'; factor: number }
  | { kind: 'rate-limit'; retryAfterSeconds: number }
  | { kind: 'cut-stream'; afterTokens: number }
  | { kind: 'hang' };

/** The parameters of each kind of fault, with their bounds and defaults. The only list of kinds. */
export const FAULT_PARAMETERS = {
  outage: {},
  latency: { factor: z.number().positive().max(1_000).default(3) },
  'rate-limit': { retryAfterSeconds: z.number().min(0).max(3_600).default(1) },
  'cut-stream': { afterTokens: z.int().min(0).max(1_000_000).default(8) },
  hang: {},
} as const satisfies Record<Fault['kind'], z.core.$ZodShape>;
