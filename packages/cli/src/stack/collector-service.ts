import { join } from 'node:path';
import type { EmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import type { StackOptions, StackService } from './start-stack.js';

/** The collector as a part of a stack; it logs in to `clickhouse` with what its environment says. */
export const collectorService = (
  { url, username, password }: EmbeddedClickHouse,
  { otlpPort, grpcPort = otlpPort === 0 ? 0 : undefined, database, directory, configFile }: StackOptions,
): StackService => ({
  name: 'collector',
  port: otlpPort,
  portOption: '--otlp-port',
  argsFor: (port) => [
    'collect',
    '--otlp-port',
    String(port),
    '--log-directory',
    join(directory, 'collector'),
    ...(grpcPort === undefined ? [] : ['--grpc-port', String(grpcPort)]),
    ...(configFile === null ? [] : ['--config', configFile]),
  ],
  environment: {
    SIGNALBOX_CLICKHOUSE_URL: url,
    SIGNALBOX_CLICKHOUSE_USERNAME: username,
    SIGNALBOX_CLICKHOUSE_PASSWORD: password,
    SIGNALBOX_CLICKHOUSE_DATABASE: database,
  },
});
