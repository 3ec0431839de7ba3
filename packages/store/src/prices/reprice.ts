import { randomUUID } from 'node:crypto';
import type { Store } from '../connection/store.js';
import { integer, text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';
import { type PriceAudit, writePriceAudit } from './price-audit.js';
import { REPRICE_ATTEMPTS, REPRICE_DECISIONS } from './reprice-sql.js';
import {
  addSummaries,
  NOTHING_REPRICED,
  REPRICE_LIMITS,
  type RepriceSlice,
  type RepriceSummary,
  repriceSummary,
} from './reprice-summary.js';

/** Which part of history is priced again, by whom. */
export type RepriceOptions = {
  /** Decisions from this time on. */
  since: Date;
  /** Decisions before this time. Default: now, by the clock of ClickHouse. */
  until?: Date | undefined;
  /** Only attempts at this model, or target id. Default: all. */
  model?: string | undefined;
  /** Who does it, for the audit row. */
  actor: string;
  /** Computes what would change and writes nothing. Default: false. */
  dryRun?: boolean | undefined;
  /** Called after each day with what it changed. */
  onDay?: ((day: string, summary: RepriceSummary) => void) | undefined;
};

/** What was done; `auditId` is `null` for a dry run. */
export type Repricing = RepriceSummary & { since: Date; until: Date; auditId: string | null };

const TIMEOUT_MS = 600_000;
const DAY_MS = 86_400_000;

const daysWithDecisions: NamedQuery<{ since: Date; until: Date }, { day: string }> = {
  name: 'daysWithDecisions',
  sql: `
    SELECT DISTINCT toString(toDate(timestamp, 'UTC')) AS day FROM decisions_raw
    WHERE timestamp >= {since:DateTime64(3, 'UTC')} AND timestamp < {until:DateTime64(3, 'UTC')}
    ORDER BY day`,
  bind: (range) => range,
  decode: { day: text },
  limits: REPRICE_LIMITS,
};

const serverTime: NamedQuery<Record<never, never>, { nowMs: number }> = {
  name: 'serverTime',
  sql: 'SELECT toUnixTimestamp64Milli(now64(3)) AS nowMs',
  bind: () => ({}),
  decode: { nowMs: integer },
};

async function readServerTime(store: Store): Promise<Date> {
  const [now] = await store.query(serverTime, {});
  if (!now) throw new Error('ClickHouse did not tell the time.');
  return new Date(now.nowMs);
}

async function repriceSlice(store: Store, slice: RepriceSlice, dryRun: boolean): Promise<RepriceSummary> {
  const [summary = NOTHING_REPRICED] = await store.query(repriceSummary, slice, { timeoutMs: TIMEOUT_MS });
  if (dryRun) return summary;
  if (summary.attempts > 0) await store.command(REPRICE_ATTEMPTS, slice, { timeoutMs: TIMEOUT_MS });
  // Also without a changed attempt: a run that was interrupted may have left decisions behind.
  if (summary.decisions > 0) await store.command(REPRICE_DECISIONS, slice, { timeoutMs: TIMEOUT_MS });
  return summary;
}

/**
 * Computes the cost of past attempts and decisions again, from their tokens and the prices of `model_prices` that held
 * when they began, as known now. Appends new revisions of the rows whose cost changed, which no replay of their spans
 * undoes, and an audit row. Day by day, so that memory is bounded; an interrupted run is completed by another one.
 * A cost stays as it is where the price or the tokens are unknown.
 */
export async function reprice(store: Store, options: RepriceOptions): Promise<Repricing> {
  const { since, model, actor, dryRun = false, onDay } = options;
  const knownAt = await readServerTime(store);
  const until = options.until ?? knownAt;
  const begun: PriceAudit = {
    id: randomUUID(),
    actor,
    startedAt: knownAt,
    finishedAt: null,
    since,
    until,
    model: model ?? null,
    decisions: 0,
    attempts: 0,
    costBeforeNanoUsd: null,
    costAfterNanoUsd: null,
    costWasUnknown: 0,
    priceVersions: [],
  };
  if (!dryRun) await writePriceAudit(store, begun);

  let total = NOTHING_REPRICED;
  for (const { day } of await store.query(daysWithDecisions, { since, until })) {
    const start = Date.parse(`${day}T00:00:00Z`);
    const from = new Date(Math.max(start, since.getTime()));
    const to = new Date(Math.min(start + DAY_MS, until.getTime()));
    const summary = await repriceSlice(store, { from, to, knownAt, model: model ?? '' }, dryRun);
    total = addSummaries(total, summary);
    onDay?.(day, summary);
  }

  if (!dryRun) {
    await writePriceAudit(store, {
      ...begun,
      finishedAt: await readServerTime(store),
      decisions: total.decisions,
      attempts: total.attempts,
      costBeforeNanoUsd: total.costBefore,
      costAfterNanoUsd: total.costAfter,
      costWasUnknown: total.costWasUnknown,
      priceVersions: total.priceVersions,
    });
  }
  return { ...total, since, until, auditId: dryRun ? null : begun.id };
}
