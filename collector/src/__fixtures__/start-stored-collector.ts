import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CollectorConfig } from '@signalbox/spec';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import type { Collector } from '../collector.js';
import { startCollector } from '../collector.js';
import type { Signal } from '../signal.js';
import type { Json } from './arbitrary-request.js';
import { encodeProtobuf } from './encode-protobuf.js';
import { postJson, postProtobuf, type Received } from './exchange.js';
import { MESSAGES } from './messages.js';
import { attributesJson } from './requests.js';
import { testConfig } from './start-test-collector.js';
import { startTestStore, type TestStore } from './start-test-store.js';

/** A collector over a real ClickHouse, for one test file. */
export type StoredCollector = {
  readonly store: TestStore;
  readonly collector: Collector;
  /** Sends a request that is given in OTLP/JSON, in either encoding. */
  send(signal: Signal, json: object, encoding?: 'json' | 'protobuf'): Promise<Received>;
  /** Resolves when everything that was acknowledged is in ClickHouse. */
  drained(): Promise<void>;
  /** The rows of one service without `received_at`; times as Unix seconds, 64-bit integers as text. */
  rows(table: string, serviceName: string): Promise<Record<string, unknown>[]>;
};

/** Starts before the tests of the calling file and ends after them. */
export const useStoredCollector = (): StoredCollector => {
  let store: TestStore | undefined;
  let collector: Collector | undefined;
  let directory: string | undefined;
  const started = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error('Only available inside tests.');
    return value;
  };

  beforeAll(async () => {
    store = await startTestStore();
    directory = mkdtempSync(join(tmpdir(), 'signalbox-collector-'));
    collector = await startCollector({
      config: storedConfig(directory),
      clickhouse: store.login,
      logger: pino({ level: 'silent' }),
    });
  });
  afterAll(async () => {
    await collector?.close();
    await store?.stop();
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
  });

  const drained = async (): Promise<void> => {
    await vi.waitFor(() => expect(started(collector).stats().log.openRows).toBe(0), { timeout: 20_000 });
  };

  return {
    get store() {
      return started(store);
    },
    get collector() {
      return started(collector);
    },
    send(signal, json, encoding = 'json') {
      const url = `${started(collector).url}/v1/${signal}`;
      if (encoding === 'json') return postJson(url, json);
      return postProtobuf(url, encodeProtobuf(json as Json, MESSAGES[signal]));
    },
    drained,
    async rows(table, serviceName) {
      await drained();
      return started(store).read(
        `SELECT * EXCEPT (received_at, ingest_block, ingest_row) FROM ${table} WHERE ServiceName = '${serviceName}'
         SETTINGS date_time_output_format = 'unix_timestamp'`,
      );
    },
  };
};

/** The configuration of a collector that inserts at once, with its log in a directory. */
export const storedConfig = (directory: string): CollectorConfig => ({
  ...testConfig,
  log: { ...testConfig.log, directory, blockAgeMs: 1 },
});

// Rows older than 30 days expire at once, so tests write about now.
const SECOND = Math.floor(Date.now() / 1000);

/** The second at which tests happen, Unix time. */
export const nowSecond = SECOND;

/** A time in that second, in OTLP/JSON: its nanoseconds are 123456789 plus `offset`. */
export const nowNano = (offset = 0n): string => String(BigInt(SECOND) * 1_000_000_000n + 123_456_789n + offset);

/** A resource with a service name, by which a test finds its rows again. */
export const serviceJson = (name: string): object => ({
  attributes: attributesJson({ 'service.name': { stringValue: name } }),
});
