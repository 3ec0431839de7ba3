import { arrayOf, type Decoder, integer, nullable, text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';
import { REPRICE_SUMMARY } from './reprice-sql.js';

/** What pricing history again changed. Costs are those of the changed decisions, before and after, in nano-USD. */
export type RepriceSummary = {
  decisions: number;
  /** Known cost of these decisions before; `null` when none had one. */
  costBefore: bigint | null;
  /** `null` when nothing changed. */
  costAfter: bigint | null;
  /** How many of them had no known cost before. */
  costWasUnknown: number;
  attempts: number;
  /** Attempts that used tokens at a model without a known price: left as they are. */
  attemptsWithoutPrice: number;
  /** Versions of the prices that changed something. */
  priceVersions: string[];
};

/** The decisions from `from` on and before `to`, at prices as known at `knownAt`; `model` is empty for all. */
export type RepriceSlice = { from: Date; to: Date; knownAt: Date; model: string };

/** What pricing one day again may take. */
export const REPRICE_LIMITS = { maxExecutionSeconds: 600, maxMemoryBytes: 2 * 1024 ** 3 };

// All that a company spends may be beyond 2^53 nano-dollars.
const bigInteger: Decoder<bigint> = (value) => BigInt(text(value));

/** One row: what pricing a slice again would change. */
export const repriceSummary: NamedQuery<RepriceSlice, RepriceSummary> = {
  name: 'repriceSummary',
  sql: REPRICE_SUMMARY,
  bind: (slice) => slice,
  decode: {
    decisions: integer,
    costBefore: nullable(bigInteger),
    costAfter: nullable(bigInteger),
    costWasUnknown: integer,
    attempts: integer,
    attemptsWithoutPrice: integer,
    priceVersions: arrayOf(text),
  },
  limits: REPRICE_LIMITS,
};

/** The summary of nothing. */
export const NOTHING_REPRICED: RepriceSummary = {
  decisions: 0,
  costBefore: null,
  costAfter: null,
  costWasUnknown: 0,
  attempts: 0,
  attemptsWithoutPrice: 0,
  priceVersions: [],
};

const addKnown = (a: bigint | null, b: bigint | null): bigint | null =>
  a === null && b === null ? null : (a ?? 0n) + (b ?? 0n);

/** The sum of two summaries. */
export const addSummaries = (a: RepriceSummary, b: RepriceSummary): RepriceSummary => ({
  decisions: a.decisions + b.decisions,
  costBefore: addKnown(a.costBefore, b.costBefore),
  costAfter: addKnown(a.costAfter, b.costAfter),
  costWasUnknown: a.costWasUnknown + b.costWasUnknown,
  attempts: a.attempts + b.attempts,
  attemptsWithoutPrice: a.attemptsWithoutPrice + b.attemptsWithoutPrice,
  priceVersions: [...new Set([...a.priceVersions, ...b.priceVersions])].sort(),
});
