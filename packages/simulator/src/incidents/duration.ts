import { z } from 'zod';

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/;
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h)/g;

/** A span of time as written in a timeline: `'500ms'`, `'30s'`, `'1m30s'`, `'2h'`; parses to milliseconds. */
export const durationSchema = z
  .string({ error: "Write a duration with a unit: '500ms', '30s', '1m30s', '2h'." })
  .regex(DURATION, { error: "Write a duration with a unit: '500ms', '30s', '1m30s', '2h'." })
  .transform(toMs);

function toMs(duration: string): number {
  let ms = 0;
  for (const [, amount, unit] of duration.matchAll(PART)) {
    ms += Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
  }
  return ms;
}
