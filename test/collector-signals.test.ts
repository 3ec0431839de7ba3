import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { startCollector } from '@signalbox/collector';
import { parseConfig } from '@signalbox/spec';
import { expect, it, onTestFinished } from 'vitest';
import { startSignalbox, temporaryFolder } from './signalbox-process.js';

const NOBODY = 'http://127.0.0.1:9';

/** `signalbox collect` in front of a ClickHouse that does not answer. */
const startCollect = async (logDirectory: string) => {
  const collect = startSignalbox(['collect', '--otlp-port', '0', '--log-directory', logDirectory, '--json'], {
    environment: { SIGNALBOX_CLICKHOUSE_URL: NOBODY },
  });
  const [, url = ''] = await collect.waitFor(/"url":"([^"]+)"/);
  return { ...collect, url };
};

const spanOf = (index: number): object => ({
  traceId: '5b8efff798038103d269b633813fc60c',
  spanId: (index + 1).toString(16).padStart(16, '0'),
  name: `call ${index}`,
  kind: 3,
  startTimeUnixNano: `${Date.now()}000000`,
  endTimeUnixNano: `${Date.now()}000001`,
});

const send = (url: string, index: number): Promise<number> =>
  fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [spanOf(index)] }] }] }),
  }).then(
    ({ status }) => status,
    () => 0,
  );

const openRowsOf = async (directory: string): Promise<number> => {
  const { collector: config, clickhouse } = parseConfig({
    collector: { httpPort: 0, grpcPort: null, log: { directory } },
    clickhouse: { url: NOBODY },
  });
  const collector = await startCollector({ config, clickhouse });
  onTestFinished(() => collector.close());
  return collector.stats().log.openRows;
};

it('ends with 0 on SIGTERM under load, with ClickHouse down, and has in its log what it acknowledged', async () => {
  const directory = join(await temporaryFolder(), 'log');
  const { child, url, ended } = await startCollect(directory);
  let acknowledged = 0;
  let unknown = 0;
  const sendUntilRefused = async (first: number): Promise<void> => {
    for (let index = first; ; index += 10) {
      const status = await send(url, index);
      if (status === 200) acknowledged += 1;
      // Cut, or refused before it began: whether it is stored is not known.
      else unknown += 1;
      if (status !== 200) return;
    }
  };
  const senders = Array.from({ length: 10 }, (_, first) => sendUntilRefused(first));
  await expect.poll(() => acknowledged, { timeout: 20_000 }).toBeGreaterThan(100);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  await Promise.all(senders);
  const openRows = await openRowsOf(directory);
  expect(openRows).toBeGreaterThanOrEqual(acknowledged);
  expect(openRows).toBeLessThanOrEqual(acknowledged + unknown);
});

it('ends at once on the second SIGTERM, and the log is none the worse', async () => {
  const directory = join(await temporaryFolder(), 'log');
  const { child, url, ended } = await startCollect(directory);
  expect(await send(url, 0)).toBe(200);
  // A request that does not end keeps the collector from ending for as long as it may.
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(
    'POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
  );
  socket.on('error', () => undefined);
  expect(await send(url, 1)).toBe(200);
  child.kill('SIGTERM');
  let acknowledged = 2;
  const sendUntilRefused = async () => {
    const status = await send(url, acknowledged);
    if (status === 200) acknowledged += 1;
    return status;
  };
  await expect.poll(sendUntilRefused, { timeout: 20_000 }).toBe(0);
  expect(child.exitCode).toBeNull();
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(130);
  await ended;
  expect(await openRowsOf(directory)).toBe(acknowledged);
});
