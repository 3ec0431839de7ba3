import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedClickHouse, startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { createStore, migrate } from '@signalbox/store';
import { onTestFinished } from 'vitest';
import { type CollectorProcess, startCollectorProcess } from './collector-process.js';
import { send } from './load.js';
import { createOracle, type Oracle, type ReadRows, type Verdict } from './oracle.js';

/** A real ClickHouse and, in front of it, a collector as a process of its own. */
export type ChaosStack = {
  readonly clickhouse: ChaosClickHouse;
  readonly oracle: Oracle;
  readonly url: string;
  /** The collector that runs now. */
  readonly collector: CollectorProcess;
  /** Starts the collector again, on the same port and log, after the one before has ended. */
  restartCollector(environment?: NodeJS.ProcessEnv): Promise<void>;
  read: ReadRows;
  /** Waits until the log is empty, and then for what readers see. `withinMs` default 60,000. */
  verdict(withinMs?: number): Promise<Verdict>;
};

/** What a stack may differ in. */
export type ChaosOptions = {
  /** `collector.log` of the configuration, beside the directory. */
  readonly log?: Record<string, unknown>;
  /** Other fields of `collector`. */
  readonly collector?: Record<string, unknown>;
  /** Where the log is; default: a temporary folder. */
  readonly logDirectory?: string;
  /** Puts something between the collector and ClickHouse. */
  readonly clickHouseUrl?: (url: string) => Promise<string>;
};

/** ClickHouse, which can be hurt. */
type ChaosClickHouse = {
  readonly url: string;
  /** SIGKILL to the server; it is started again at once. Resolves when it is gone. */
  kill(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Ends the server in good order; `start` brings it back on the same port. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Resolves when it answers. */
  untilUp(): Promise<void>;
};

const DATABASE = 'chaos';

/** Starts both for the running test. Everything ends with it. */
export const startChaosStack = async (options: ChaosOptions = {}): Promise<ChaosStack> => {
  const directory = await mkdtemp(join(tmpdir(), 'signalbox-chaos-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  let server = await startServer(join(directory, 'clickhouse'), await freePort());
  onTestFinished(() => server.stop());
  const { url: clickHouseUrl, username, password } = server;
  const store = createStore({ url: clickHouseUrl, username, password, database: DATABASE });
  await migrate(store);
  await store.close();

  const read: ReadRows = async (sql) => {
    const response = await fetch(`${clickHouseUrl}/?database=${DATABASE}&default_format=TSV`, {
      method: 'POST',
      headers: { 'x-clickhouse-user': username, 'x-clickhouse-key': password },
      body: sql,
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('\t'));
  };
  const untilUp = async (): Promise<void> => {
    while (
      !(await read('SELECT 1').then(
        () => true,
        () => false,
      ))
    )
      await sleep(20);
  };

  const port = await freePort();
  const configFile = join(directory, 'signalbox.config.json');
  const config = {
    clickhouse: {
      url: (await options.clickHouseUrl?.(clickHouseUrl)) ?? clickHouseUrl,
      username,
      database: DATABASE,
    },
    collector: {
      ...options.collector,
      httpPort: port,
      grpcPort: null,
      log: { directory: options.logDirectory ?? join(directory, 'log'), ...options.log },
    },
  };
  await writeFile(configFile, JSON.stringify(config));
  const startCollector = (environment: NodeJS.ProcessEnv = {}) =>
    startCollectorProcess(configFile, { SIGNALBOX_CLICKHOUSE_PASSWORD: password, ...environment });
  let collector = await startCollector();
  onTestFinished(() => collector.kill());
  const oracle = createOracle();
  const url = `http://127.0.0.1:${port}`;

  return {
    oracle,
    url,
    read,
    clickhouse: {
      url: clickHouseUrl,
      untilUp,
      async kill() {
        const { pid } = server;
        if (pid === null) return;
        process.kill(pid, 'SIGKILL');
        while (server.pid === pid) await sleep(5);
      },
      signal(name) {
        if (server.pid !== null) process.kill(server.pid, name);
      },
      stop: () => server.stop(),
      async start() {
        server = await startServer(join(directory, 'clickhouse'), server.httpPort);
      },
    },
    get collector() {
      return collector;
    },
    async restartCollector(environment) {
      await collector.ended;
      collector = await startCollector(environment);
    },
    async verdict(withinMs = 60_000) {
      await untilUp();
      await deliverFresh(url, oracle);
      const deadline = performance.now() + withinMs;
      for (;;) {
        const verdict = await oracle.verify(read).catch(() => null);
        const isComplete = verdict !== null && verdict.lost + verdict.lostDecisions === 0;
        if (verdict !== null && (isComplete || performance.now() > deadline)) return verdict;
        await sleep(200);
      }
    },
  };
};

// A log that is stuck may hold all that was sent and still not flow: a fresh item has to come through as well.
const deliverFresh = async (url: string, oracle: Oracle): Promise<void> => {
  const fresh = oracle.issue();
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await send(url, fresh)) === 200) return oracle.acknowledge(fresh);
    await sleep(100);
  }
  throw new Error('A fresh request was not acknowledged.');
};

const startServer = (directory: string, httpPort: number): Promise<EmbeddedClickHouse> =>
  startEmbeddedClickHouse({
    directory,
    httpPort,
    // It is killed more often than a server that should be given up.
    restart: { initialDelayMs: 10, maxDelayMs: 50, maxAttempts: 1_000_000 },
  });

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
};
