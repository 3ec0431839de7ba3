const NANOS = 1_000_000_000;
const SIXTEEN_BITS = 65_536;
const DAY_SECONDS = 86_400;

/** The first second that a DateTime column holds no more, with some weeks left for the TTL: 2106-01-01. */
export const END_OF_TIME_SECONDS = 4_291_747_200;

/** The whole seconds of a time in nanoseconds that is given as two unsigned halves. Exact: every step fits a double. */
export const secondsOf = (low: number, high: number): number => {
  const upper = high * SIXTEEN_BITS + (low >>> 16);
  const quotient = Math.floor(upper / NANOS);
  const rest = (upper - quotient * NANOS) * SIXTEEN_BITS + (low & 0xffff);
  return quotient * SIXTEEN_BITS + Math.floor(rest / NANOS);
};

/** Days since 1970-01-01 UTC. */
export const dayOf = (seconds: number): number => Math.floor(seconds / DAY_SECONDS);

/** What is wrong with a time of which `seconds` are the whole ones; `null` when nothing is. 0, "unknown", is fine. */
export const timeFault = (name: string, seconds: number): string | null =>
  seconds < END_OF_TIME_SECONDS ? null : `${name} is after 2105`;
