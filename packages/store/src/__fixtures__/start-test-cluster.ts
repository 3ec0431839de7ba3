import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedClickHouse, startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import type { StoreOptions } from '../connection/store.js';

/** Real servers that are the shards of one cluster, without replication. */
export type TestCluster = {
  nodes: readonly EmbeddedClickHouse[];
  /** Logins to the nodes, as one cluster. */
  logins: readonly StoreOptions[];
  stop: () => Promise<void>;
};

const CLUSTER = 'shards';

export async function startTestCluster(size: number): Promise<TestCluster> {
  const directory = await mkdtemp(join(tmpdir(), 'signalbox-cluster-'));
  const ports = await freePorts(size);
  const cluster = { name: CLUSTER, shards: ports.map((port) => ({ host: '127.0.0.1', port })) };
  const nodes = await Promise.all(
    ports.map((tcpPort) =>
      startEmbeddedClickHouse({
        directory: join(directory, String(tcpPort)),
        tcpPort,
        cluster,
        users: { admin: { password: 'of every shard' } },
        memoryLimitBytes: 768 * 1024 ** 2,
        restart: { maxAttempts: 0 },
      }),
    ),
  );
  return {
    nodes,
    logins: nodes.map(({ url, username, password }) => ({
      ...{ url, username, password },
      database: 'sharded',
      cluster: CLUSTER,
    })),
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop()));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) =>
          server.once('listening', () => resolve((server.address() as AddressInfo).port)),
        ),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
