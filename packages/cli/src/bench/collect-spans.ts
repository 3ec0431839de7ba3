import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import type { Store } from '@signalbox/store';
import { startServiceProcess } from '../stack/service-process.js';
import { readProcessUsage } from './process-usage.js';
import { secondsOf } from './seconds-of.js';
import { sendRequests } from './send-requests.js';
import { untilStored } from './stored-spans.js';

/** What it took to get spans through a collector. */
export type CollectedSpans = {
  /** From the first request until the last row was committed. */
  seconds: number;
  /** Milliseconds until each request was answered, in ascending order. */
  ackMs: Float64Array;
  /** Of the collector's process; `null` where the system does not tell. */
  cpuSeconds: number | null;
  /** After the start, before the first request. */
  rssIdleMib: number | null;
  rssPeakMib: number | null;
};

/** What to send, and where it is to arrive. */
export type CollectOptions = {
  store: Store;
  clickhouse: EmbeddedClickHouse;
  requests: readonly Buffer[];
  spans: number;
  signal: AbortSignal;
};

const CONNECTIONS = 8;
/** The first garbage collections and the self-test of the drain are over by then. */
const IDLE_MS = 2_000;

/**
 * Sends requests through a collector that runs as `signalbox collect` does, in a process of its own and with the defaults of
 * the configuration, and waits until ClickHouse has all of them.
 */
export const collectSpans = async (options: CollectOptions): Promise<CollectedSpans> => {
  const directory = await mkdtemp(join(tmpdir(), 'signalbox-bench-'));
  try {
    const collector = await startCollector(directory, options);
    try {
      return await measure(collector, options);
    } finally {
      await collector.end();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

const startCollector = async (directory: string, { store, clickhouse, signal }: CollectOptions) => {
  const config = join(directory, 'signalbox.config.json');
  // Not the one of the folder that the benchmark is run in.
  await writeFile(config, '{}');
  return startServiceProcess({
    name: 'collector',
    args: ['collect', '--config', config, '--otlp-port', '0', '--log-directory', join(directory, 'log')],
    environment: {
      SIGNALBOX_CLICKHOUSE_URL: clickhouse.url,
      SIGNALBOX_CLICKHOUSE_USERNAME: clickhouse.username,
      SIGNALBOX_CLICKHOUSE_PASSWORD: clickhouse.password,
      SIGNALBOX_CLICKHOUSE_DATABASE: store.database,
    },
    signal,
  });
};

const measure = async (
  { url, pid }: { url: string; pid: number },
  { store, requests, spans, signal }: CollectOptions,
): Promise<CollectedSpans> => {
  await sleep(IDLE_MS, undefined, { signal });
  const idle = await readProcessUsage(pid);
  let ackMs: Float64Array = new Float64Array();
  const seconds = await secondsOf(async () => {
    ackMs = await sendRequests({ url, requests, connections: CONNECTIONS, signal });
    await untilStored(store, spans, signal);
  });
  const loaded = await readProcessUsage(pid);
  return {
    seconds,
    ackMs,
    cpuSeconds:
      loaded.cpuSeconds === null || idle.cpuSeconds === null ? null : loaded.cpuSeconds - idle.cpuSeconds,
    rssIdleMib: idle.rssMib,
    rssPeakMib: loaded.peakRssMib,
  };
};
