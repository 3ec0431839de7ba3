import type { EmbeddedClickHouseOptions } from './embedded-clickhouse-options.js';
import { InvalidOptionError } from './errors/invalid-option-error.js';

// It becomes the name of an XML element.
const CLUSTER_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const MIN_MEMORY_BYTES = 512 * 1024 ** 2;

/** Throws `InvalidOptionError` for an option that no server could be started with. */
export function requireOptions(options: EmbeddedClickHouseOptions): void {
  const { directory, httpPort, tcpPort, memoryLimitBytes, startTimeoutMs, restart = {}, cluster } = options;
  if (directory === '') {
    throw new InvalidOptionError({
      option: 'directory',
      value: directory,
      allowed: 'the path of a directory',
    });
  }
  requirePort('httpPort', httpPort);
  requirePort('tcpPort', tcpPort);
  if (tcpPort && tcpPort === httpPort) {
    throw new InvalidOptionError({
      option: 'tcpPort',
      value: tcpPort,
      allowed: 'a port other than httpPort',
    });
  }
  if (cluster && !CLUSTER_NAME.test(cluster.name)) {
    throw new InvalidOptionError({
      option: 'cluster.name',
      value: cluster.name,
      allowed: 'a letter or _ followed by letters, digits or _',
    });
  }
  for (const { port } of cluster?.shards ?? []) requirePort('cluster.shards', port);
  requireAtLeast('memoryLimitBytes', memoryLimitBytes, MIN_MEMORY_BYTES);
  requireAtLeast('startTimeoutMs', startTimeoutMs, 1);
  requireAtLeast('restart.initialDelayMs', restart.initialDelayMs, 0);
  requireAtLeast('restart.maxDelayMs', restart.maxDelayMs, 0);
  requireAtLeast('restart.maxAttempts', restart.maxAttempts, 0);
}

function requirePort(option: string, value: number | undefined): void {
  if (value === undefined || (Number.isInteger(value) && value >= 0 && value <= 65_535)) return;
  throw new InvalidOptionError({
    option,
    value,
    allowed: 'an integer from 1 to 65535, or 0 for a free port',
  });
}

function requireAtLeast(option: string, value: number | undefined, minimum: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= minimum)) return;
  throw new InvalidOptionError({ option, value, allowed: `an integer of at least ${minimum}` });
}
