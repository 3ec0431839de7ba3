import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { parseConfig } from '@signalbox/spec';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exchange, postJson } from '../__fixtures__/exchange.js';
import { spanJson, tracesJson } from '../__fixtures__/requests.js';
import { testConfig } from '../__fixtures__/start-test-collector.js';
import { temporaryFolder } from '../__fixtures__/temporary-folder.js';
import { startCollector } from '../collector.js';

const isInstalled = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const missing = ['promtool', 'prometheus'].filter((program) => !isInstalled(program));
const reason = missing.length === 0 ? '' : ` (skipped: ${missing.join(' and ')} not installed)`;
if (reason !== '') process.stdout.write(`Prometheus${reason}\n`);

const start = async () => {
  const collector = await startCollector({
    config: { ...testConfig, log: { ...testConfig.log, directory: temporaryFolder() } },
    clickhouse: { ...parseConfig({}).clickhouse, url: 'http://127.0.0.1:9' },
    logger: pino({ level: 'silent' }),
  });
  onTestFinished(() => collector.close());
  await postJson(`${collector.url}/v1/traces`, tracesJson([spanJson()]));
  return collector;
};

describe.skipIf(missing.length > 0)(`Prometheus${reason}`, () => {
  it('finds nothing to complain about', async () => {
    const { url } = await start();
    const { body } = await exchange({ url: `${url}/metrics`, method: 'GET' });
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: body });
    expect(`${stdout}${stderr}`).toBe('');
    expect(status).toBe(0);
  });

  it('scrapes a collector', async () => {
    const { port } = await start();
    const folder = temporaryFolder();
    const config = join(folder, 'prometheus.yml');
    const targets = [`127.0.0.1:${port}`];
    writeFileSync(
      config,
      JSON.stringify({
        scrape_configs: [{ job_name: 'collector', scrape_interval: '1s', static_configs: [{ targets }] }],
      }),
    );
    const listen = await freePort();
    const prometheus = spawn(
      'prometheus',
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${listen}`,
      ],
      { stdio: 'ignore' },
    );
    onTestFinished(() => void prometheus.kill('SIGKILL'));
    const ask = async (query: string): Promise<unknown> => {
      const address = new URL(`http://127.0.0.1:${listen}/api/v1/query`);
      address.searchParams.set('query', query);
      const answer = await fetch(address).catch(() => null);
      type Answer = { data: { result: { value: [number, string] }[] } };
      const found = (await answer?.json().catch(() => null)) as Answer | null | undefined;
      return found?.data.result[0]?.value[1];
    };
    await expect.poll(() => ask('up{job="collector"}'), { timeout: 20_000 }).toBe('1');
    expect(await ask('signalbox_collector_items_stored_total{signal="traces"}')).toBe('1');
    expect(await ask('signalbox_collector_ack_duration_count')).toBe('1');
  });
});

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};
