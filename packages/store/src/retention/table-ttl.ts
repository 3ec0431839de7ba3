import { text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';

/** The TTL of a table: its SQL, and the days in it. */
export type TableTtl = { table: string; ttl: string; days: number };

const INTERVAL = /toIntervalDay\((\d+)\)/;

/** Tables of the database whose rows expire after a number of days, with the clause that says so. */
export const tableEngines: NamedQuery<Record<never, never>, { table: string; definition: string }> = {
  name: 'tableEngines',
  sql: `
    SELECT name AS table, engine_full AS definition
    FROM system.tables
    WHERE database = currentDatabase() AND engine LIKE '%MergeTree'
    ORDER BY name`,
  bind: () => ({}),
  decode: { table: text, definition: text },
};

/** The TTL in the text of an engine, or `null` when its rows do not expire by days. */
export function parseTtl({ table, definition }: { table: string; definition: string }): TableTtl | null {
  const ttl = /\bTTL (.+?)(?: SETTINGS |$)/.exec(definition)?.[1];
  const days = ttl && INTERVAL.exec(ttl)?.[1];
  return ttl && days ? { table, ttl, days: Number(days) } : null;
}

/** The same TTL with another number of days. */
export const withDays = (ttl: string, days: number): string =>
  ttl.replace(INTERVAL, `toIntervalDay(${days})`);
