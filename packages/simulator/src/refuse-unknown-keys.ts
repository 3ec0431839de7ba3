import type { z } from 'zod';

/** Returns a zod error map for a strict object that lists the allowed keys when it meets another. */
export function refuseUnknownKeys(
  allowed: readonly string[],
): (issue: z.core.$ZodRawIssue) => string | undefined {
  return (issue) =>
    issue.code === 'unrecognized_keys'
      ? `Unknown field ${issue.keys.map((key) => `'${key}'`).join(', ')}. Allowed: ${allowed.join(', ')}.`
      : undefined;
}
