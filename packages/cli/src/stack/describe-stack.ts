import { clickHouseAccess } from './clickhouse-access.js';
import type { Stack } from './start-stack.js';

/** Where a stack listens and how to log in, for people. */
export const describeStack = (stack: Stack, extra: readonly (readonly [string, string])[] = []): string => {
  const { collector } = stack;
  const { url, database, username, credentialsFile, sqlPage } = clickHouseAccess(stack);
  const lines: (readonly [string, string])[] = [
    ['OTLP/HTTP', `${collector.url} (collector, pid ${collector.pid()})`],
    ['ClickHouse', `${url} (database ${database})`],
    ['Login', `${username}, with the adminPassword in ${credentialsFile}`],
    ['SQL page', `${sqlPage} (reads only)`],
    ...extra,
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
};
