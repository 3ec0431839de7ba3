import type { Stack } from './start-stack.js';

/** Where a stack listens and how to log in, for people. */
export const describeStack = (
  { clickhouse, collector }: Stack,
  extra: readonly (readonly [string, string])[] = [],
): string => {
  const lines: (readonly [string, string])[] = [
    ['OTLP/HTTP', `${collector.url} (collector, pid ${collector.pid()})`],
    ['ClickHouse', `${clickhouse.url} (database signalbox)`],
    [
      'SQL page',
      `${clickhouse.url}/play?user=${clickhouse.readonlyUsername}&password=${clickhouse.readonlyPassword}`,
    ],
    ...extra,
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
};
