import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { AddressInUseError, type CollectorConfig, LogLockedError, parseConfig } from '@signalbox/spec';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { postJson } from './__fixtures__/exchange.js';
import { attributesJson, spanJson, tracesJson } from './__fixtures__/requests.js';
import { testConfig } from './__fixtures__/start-test-collector.js';
import { temporaryFolder } from './__fixtures__/temporary-folder.js';
import { startCollector } from './collector.js';

/** A collector over a log of its own and a ClickHouse that does not answer. */
const start = async (directory: string, config: Partial<CollectorConfig> = {}, log: object = {}) => {
  const collector = await startCollector({
    config: { ...testConfig, ...config, log: { ...testConfig.log, directory, ...log } },
    clickhouse: { ...parseConfig({}).clickhouse, url: 'http://127.0.0.1:9' },
    logger: pino({ level: 'silent' }),
  });
  onTestFinished(() => collector.close());
  return collector;
};

describe('startCollector', () => {
  it('refuses a taken port by name and number, and lets go of the log', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port: httpPort } = other.address() as { port: number };
    const directory = temporaryFolder();
    const attempt = start(directory, { httpPort });
    await expect(attempt).rejects.toBeInstanceOf(AddressInUseError);
    await expect(attempt).rejects.toThrow(`Port ${httpPort} for the collector (OTLP/HTTP) is in use.`);
    await start(directory);
  });

  it('refuses the log of another collector', async () => {
    const directory = temporaryFolder();
    await start(directory);
    await expect(start(directory)).rejects.toBeInstanceOf(LogLockedError);
  });

  it('acknowledges while ClickHouse is down, and has the rows after a restart', async () => {
    const directory = temporaryFolder();
    const first = await start(directory);
    const request = tracesJson([spanJson()]);
    expect((await postJson(`${first.url}/v1/traces`, request)).status).toBe(200);
    expect(first.stats()).toMatchObject({ accepted: { traces: 1 }, log: { openRows: 1 } });
    await first.close();

    const second = await start(directory);
    expect(second.stats()).toMatchObject({ accepted: { traces: 0 }, log: { openRows: 1 } });
    // The retry of a sender that missed the answer.
    expect((await postJson(`${second.url}/v1/traces`, request)).status).toBe(200);
    expect(second.stats()).toMatchObject({ repeated: 1, accepted: { traces: 0 }, log: { openRows: 1 } });
  });

  it('writes no secret, no configured attribute and nothing too long to disk', async () => {
    const directory = temporaryFolder();
    const collector = await start(directory, { redactAttributes: ['user.email'], maxValueBytes: 50 });
    const attributes = attributesJson({
      kept: { stringValue: 'CANARY-kept' },
      'user.email': { stringValue: 'CANARY-configured' },
      'http.request.header.authorization': { stringValue: 'CANARY-header' },
      message: { stringValue: 'Bearer CANARY-bearer-1' },
      long: { stringValue: `${'x'.repeat(50)}CANARY-long` },
    });
    const json = tracesJson([spanJson({ attributes })]);
    expect((await postJson(`${collector.url}/v1/traces`, json)).status).toBe(200);
    await collector.close();
    const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    const stored = files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')).join('');
    expect(stored.match(/CANARY-\w+/g)).toEqual(['CANARY-kept']);
  });

  it('keeps one copy of a request that comes sixteen times at once', async () => {
    const collector = await start(temporaryFolder());
    const request = tracesJson([spanJson(), spanJson({ spanId: '' })]);
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => postJson(`${collector.url}/v1/traces`, request)),
    );
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 200, json: { partialSuccess: { rejectedSpans: '1' } } });
    expect(collector.stats()).toMatchObject({
      requests: 16,
      repeated: 15,
      accepted: { traces: 1 },
      rejected: { traces: 1 },
      log: { openRows: 1 },
    });
  });

  it('answers 503 once the log is full, and keeps what it has', async () => {
    const collector = await start(temporaryFolder(), {}, { maxBytes: 1_000_000 });
    const attributes = [{ key: 'a', value: { stringValue: 'x'.repeat(50_000) } }];
    const send = (index: number) =>
      postJson(`${collector.url}/v1/traces`, tracesJson([spanJson({ name: `span ${index}`, attributes })]));
    let answer = await send(0);
    let acknowledged = 0;
    while (answer.status === 200 && acknowledged < 100) {
      acknowledged += 1;
      answer = await send(acknowledged);
    }
    expect(answer).toMatchObject({ status: 503, json: { code: 14 }, headers: { 'retry-after': '5' } });
    expect(collector.stats()).toMatchObject({
      accepted: { traces: acknowledged },
      log: { openRows: acknowledged },
    });
  });
});
