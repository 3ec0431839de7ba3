import type { Store } from '../connection/store.js';

/** A row of `price_audits`: who priced history again, and what it changed. Money in nano-USD. */
export type PriceAudit = {
  id: string;
  actor: string;
  /** Prices are as known then. */
  startedAt: Date;
  /** `null` while it runs. */
  finishedAt: Date | null;
  since: Date;
  until: Date;
  /** `null`: all models. */
  model: string | null;
  decisions: number;
  attempts: number;
  costBeforeNanoUsd: bigint | null;
  costAfterNanoUsd: bigint | null;
  costWasUnknown: number;
  priceVersions: readonly string[];
};

/** Writes an audit row; a second one with its id replaces it. */
export async function writePriceAudit(store: Store, audit: PriceAudit): Promise<void> {
  await store.command(
    `INSERT INTO price_audits_raw SELECT
       {id:UUID}, {actor:String}, {startedAt:DateTime64(3, 'UTC')}, {finishedAt:Nullable(DateTime64(3, 'UTC'))},
       {since:DateTime64(3, 'UTC')}, {until:DateTime64(3, 'UTC')}, {model:Nullable(String)},
       {decisions:UInt64}, {attempts:UInt64}, {costBeforeNanoUsd:Nullable(Int64)}, {costAfterNanoUsd:Nullable(Int64)},
       {costWasUnknown:UInt64}, JSONExtract({priceVersions:String}, 'Array(String)')`,
    {
      ...audit,
      costBeforeNanoUsd: audit.costBeforeNanoUsd?.toString() ?? null,
      costAfterNanoUsd: audit.costAfterNanoUsd?.toString() ?? null,
      priceVersions: JSON.stringify(audit.priceVersions),
    },
  );
}
