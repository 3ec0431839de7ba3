/** Pauses between attempts, in milliseconds. */
export type RetryPauses = {
  /** After the first transient failure; each further one doubles it. Default 200. */
  readonly minMs: number;
  /** Longest pause after a transient failure. Default 30,000. */
  readonly maxMs: number;
  /** Pause while a table, a grant or the login is wrong. Default 30,000. */
  readonly configurationMs: number;
  /** Pause between attempts at blocks that were set aside because a view failed. Default 60,000. */
  readonly asideMs: number;
};

/** The pauses of a collector. */
export const RETRY_PAUSES: RetryPauses = {
  minMs: 200,
  maxMs: 30_000,
  configurationMs: 30_000,
  asideMs: 60_000,
};

/**
 * The pause before attempt `failures + 1`: doubled each time up to `maxMs`, of which a random half is left out so that
 * many collectors do not come back at once. `random` is in [0, 1).
 */
export const backoffMs = (failures: number, { minMs, maxMs }: RetryPauses, random: number): number => {
  const ceiling = Math.min(maxMs, minMs * 2 ** Math.min(failures - 1, 30));
  return ceiling * (1 - random / 2);
};
