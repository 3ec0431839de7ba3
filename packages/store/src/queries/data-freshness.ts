import { integer, nullable, text } from './decoders.js';
import { bindTenant, type OfTenant, ofTenant, type TenantQuery } from './tenant-scope.js';

/** How far what is stored reaches. Times are ISO 8601 in UTC; `null` where there is nothing. */
export type DataFreshness = {
  /** ClickHouse's clock. */
  now: string;
  /** Start of the newest decision of the last 24 hours. */
  newestDecision: string | null;
  /** When the newest of these decisions was inserted. */
  newestInsert: string | null;
  /** Everything that was inserted before is in the rollups; `null` before the first refresh. */
  rollupsUntil: string | null;
  /** Decisions of the last 24 hours, and those of them with an attribute that could not be read. */
  decisions24h: number;
  malformed24h: number;
};

const RECENT = `${ofTenant('tenant')} AND timestamp >= now() - toIntervalDay(1)`;

/** One row: whether data comes in, and how far behind the rollups are. */
export const dataFreshness: TenantQuery<OfTenant, DataFreshness> = {
  name: 'dataFreshness',
  sql: `
    SELECT
      now64(3) AS now,
      maxOrNull(timestamp) AS newestDecision,
      (SELECT maxOrNull(inserted_at) FROM decisions_raw WHERE ${RECENT}) AS newestInsert,
      (SELECT maxOrNull(looked_until) FROM rollup_watermark) AS rollupsUntil,
      count() AS decisions24h,
      countIf(malformed > 0) AS malformed24h
    FROM decisions
    WHERE ${RECENT}`,
  bind: bindTenant,
  decode: {
    now: text,
    newestDecision: nullable(text),
    newestInsert: nullable(text),
    rollupsUntil: nullable(text),
    decisions24h: integer,
    malformed24h: integer,
  },
};
