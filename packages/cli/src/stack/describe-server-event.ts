import type { ServerEvent } from '@signalbox/embedded-clickhouse';

/** What to tell a person about a change of the embedded ClickHouse; `null` when it is as expected. */
export const describeServerEvent = (event: ServerEvent): string | null => {
  switch (event.type) {
    case 'server-ready':
      return event.restarts === 0 ? null : `ClickHouse is back (pid ${event.pid}).`;
    case 'server-exit':
      return event.expected
        ? null
        : `ClickHouse (pid ${event.pid}) ended with ${event.signal ?? `code ${event.code}`}.`;
    case 'server-restart':
      return `Starting ClickHouse again in ${event.delayMs} ms (attempt ${event.attempt}).`;
    case 'server-give-up':
      return `ClickHouse could not be kept running after ${event.attempts} attempts: ${event.cause?.message ?? 'it ends each time'}. End this with Ctrl-C and look at the logs.`;
  }
};
