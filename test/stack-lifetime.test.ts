import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { apart, runSignalbox, startSignalbox, temporaryFolder } from './signalbox-process.js';

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

type Access = {
  otlp: string;
  clickhouse: {
    url: string;
    database: string;
    username: string;
    credentialsFile: string;
    reader: { username: string; password: string };
    sqlPage: string;
  };
};

const startUp = async () => {
  const up = startSignalbox(['up', ...apart(await temporaryFolder()), '--json']);
  const [line] = await up.waitFor(/^\{.*\}$/m);
  const access = JSON.parse(line) as Access;
  const urls = [`${access.otlp}/healthz`, `${access.clickhouse.url}/ping`];
  expect(await Promise.all(urls.map(answers))).toEqual([true, true]);
  return { up, urls, access };
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

const whoAmI = async (url: string, login: { username: string; password: string }): Promise<string> => {
  const headers = { Authorization: `Basic ${btoa(`${login.username}:${login.password}`)}` };
  const response = await fetch(`${url}/?query=SELECT+currentUser()`, { headers });
  return (await response.text()).trim();
};

describe('signalbox up', () => {
  it('tells how to log in', async () => {
    const { url, database, username, credentialsFile, reader, sqlPage } = (await startUp()).access.clickhouse;
    expect(database).toBe('signalbox');
    const { adminPassword } = JSON.parse(await readFile(credentialsFile, 'utf8')) as Record<string, string>;
    expect(await whoAmI(url, { username, password: adminPassword ?? '' })).toBe('signalbox');
    expect(await whoAmI(url, reader)).toBe('signalbox_reader');
    expect(await answers(sqlPage)).toBe(true);
  });

  it('listens on the port and writes to the database of the configuration', async () => {
    const folder = await temporaryFolder();
    const port = await freePort();
    const config = join(folder, 'signalbox.config.yaml');
    await writeFile(config, `collector: { httpPort: ${port} }\nclickhouse: { database: telemetry }\n`);
    const up = startSignalbox(['up', '--directory', folder, '--clickhouse-port', '0', '--config', config]);
    await up.waitFor(/SQL page/);
    expect(up.stdout()).toContain(`http://127.0.0.1:${port} (collector`);
    expect(up.stdout()).toContain('(database telemetry)');
    expect(up.stdout()).toContain(
      `signalbox, with the adminPassword in ${folder}/clickhouse/credentials.json`,
    );
    expect(await answers(`http://127.0.0.1:${port}/healthz`)).toBe(true);
  });

  it('ends at once with a clear error when it runs already in the directory on the same ports', async () => {
    const folder = await temporaryFolder();
    const ports = ['--clickhouse-port', String(await freePort()), '--otlp-port', '0'];
    const first = startSignalbox(['up', '--directory', folder, ...ports]);
    await first.waitFor(/SQL page/);
    const second = await runSignalbox(['up', '--directory', folder, ...ports]);
    expect(second.stderr).toMatch(/is in use by another ClickHouse server\. Stop that server/);
    expect(second.code).toBe(1);
    expect(first.stderr()).not.toMatch(/ended with/);
  });

  it('ends everything on SIGTERM, with success', async () => {
    const { up, urls } = await startUp();
    up.child.kill('SIGTERM');
    await expect(up.ended).resolves.toBe(0);
    expect(await Promise.all(urls.map(answers))).toEqual([false, false]);
  });

  it('leaves nothing behind when it is killed', async () => {
    const { up, urls } = await startUp();
    up.child.kill('SIGKILL');
    await vi.waitFor(async () => expect(await Promise.all(urls.map(answers))).toEqual([false, false]), {
      timeout: 20_000,
      interval: 100,
    });
  });
});
