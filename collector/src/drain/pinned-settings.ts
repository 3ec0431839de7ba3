import { INSERT_SETTINGS, NEWER_INSERT_SETTINGS } from '@signalbox/store';
import { ask } from './ask.js';
import type { ClickHouseHttp } from './clickhouse-http.js';

/** Every setting that decides what an insert means, by name. */
export type PinnedSettings = Readonly<Record<string, string | number | boolean>>;

/** The settings of `@signalbox/store` that this server knows: an unknown one would fail the insert. @throws AskFailedError */
export const readPinnedSettings = async (
  clickhouse: ClickHouseHttp,
  signal?: AbortSignal,
): Promise<PinnedSettings> => {
  const newer = Object.keys(NEWER_INSERT_SETTINGS);
  const known = await ask<{ name: string }>(clickhouse, {
    sql: 'SELECT name FROM system.settings WHERE name IN {names:Array(String)}',
    values: { names: `[${newer.map((name) => `'${name}'`).join(', ')}]` },
    signal,
  });
  const added = known.map(({ name }) => [name, NEWER_INSERT_SETTINGS[name]]);
  return { ...INSERT_SETTINGS, ...Object.fromEntries(added) } as PinnedSettings;
};
