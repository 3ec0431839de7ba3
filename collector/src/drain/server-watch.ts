import { ask } from './ask.js';
import type { ClickHouseHttp } from './clickhouse-http.js';

/** Looks whether the server is still the process that it was. */
export type ServerWatch = {
  /**
   * Asks the server for its age. True when it has started since the last look; at the first look, when it is younger than
   * what the log retains, so that it may have started after a commit. @throws AskFailedError
   */
  hasRestarted(signal?: AbortSignal): Promise<boolean>;
};

// `uptime()` counts whole seconds, so the start of one process is known to a second.
const TOLERANCE_SECONDS = 1.1;

type Age = { server: string; uptime: string; started: number };

/** Creates a watch that has not looked yet. `retainMs`: how long the log keeps committed blocks. */
export const createServerWatch = (clickhouse: ClickHouseHttp, retainMs: number): ServerWatch => {
  let seen: Age | undefined;
  return {
    async hasRestarted(signal) {
      const [age] = await ask<Age>(clickhouse, {
        sql: 'SELECT serverUUID() AS server, uptime() AS uptime, toUnixTimestamp64Milli(now64(3)) / 1000 - uptime() AS started',
        signal,
      });
      if (age === undefined) throw new Error('ClickHouse answered without a row.');
      const before = seen;
      seen = age;
      if (before === undefined) return Number(age.uptime) * 1000 < retainMs;
      const isOther =
        age.server !== before.server || Math.abs(age.started - before.started) > TOLERANCE_SECONDS;
      // A server that is the same keeps its first reading: small differences must not add up.
      if (!isOther) seen = before;
      return isOther;
    },
  };
};
