import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { query } from './__fixtures__/query.js';
import { temporaryDirectory } from './__fixtures__/temporary-directory.js';
import { freePorts } from './free-ports.js';
import {
  DirectoryLockedError,
  DirectoryUnusableError,
  EmbeddedClickHouseError,
  type EmbeddedClickHouseOptions,
  InvalidOptionError,
  PortTakenError,
  StartFailedError,
  StartTimeoutError,
  startEmbeddedClickHouse,
} from './index.js';

describe('startEmbeddedClickHouse throws', () => {
  it('DirectoryLockedError for a directory in use, and leaves its server alone', async () => {
    const directory = temporaryDirectory();
    const first = await startEmbeddedClickHouse({ directory });
    onTestFinished(() => first.stop());

    const error = await failure({ directory });
    expect(error).toBeInstanceOf(DirectoryLockedError);
    expect(error).toMatchObject({ code: 'embedded-clickhouse-directory-locked', directory });
    expect(error.message).toContain(`${directory} is in use by another ClickHouse server. Stop that server`);
    expect((await query(first, 'SELECT 1')).text).toBe('1');
  });

  it('DirectoryLockedError for a directory in use on the same ports, where that server answers', async () => {
    const directory = temporaryDirectory();
    const first = await startEmbeddedClickHouse({ directory });
    onTestFinished(() => first.stop());

    const { httpPort, tcpPort } = first;
    const error = await failure({ directory, httpPort, tcpPort });
    expect(error).toBeInstanceOf(DirectoryLockedError);
    expect((await query(first, 'SELECT 1')).text).toBe('1');
  });

  it.each(['httpPort', 'tcpPort'])('PortTakenError for a %s in use', async (option) => {
    const [port = 0] = await freePorts(1);
    const other = createServer().listen(port, '127.0.0.1');
    onTestFinished(() => void other.close());

    const error = await failure({ directory: temporaryDirectory(), [option]: port });
    expect(error).toBeInstanceOf(PortTakenError);
    expect(error).toMatchObject({ code: 'embedded-clickhouse-port-taken', port });
    expect(error.message).toContain(`Port ${port} on 127.0.0.1 is in use.`);
  });

  it('StartFailedError with the last lines of the log for a server that ends at once', async () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'data/metadata'), { recursive: true });
    writeFileSync(join(directory, 'data/metadata/broken.sql'), 'this is not SQL');

    const error = await failure({ directory });
    expect(error).toBeInstanceOf(StartFailedError);
    expect(error).toMatchObject({ code: 'embedded-clickhouse-start-failed' });
    expect(error.message).toContain('broken.sql');
    expect(error.message).toContain(join(directory, 'log/server.log'));
    expect(readdirSync(directory).filter((name) => name.startsWith('run-'))).toEqual([]);
  });

  it('StartTimeoutError for a server that does not answer in time', async () => {
    const error = await failure({ directory: temporaryDirectory(), startTimeoutMs: 1 });
    expect(error).toBeInstanceOf(StartTimeoutError);
    expect(error).toMatchObject({ code: 'embedded-clickhouse-start-timeout', timeoutMs: 1 });
  });

  it.each([
    ['is a file', 'file', 'EEXIST'],
    ['is in a file', 'file/inside', 'ENOTDIR'],
    ['is a link to nowhere', 'link', 'ENOENT'],
    ['is behind a link to nowhere', 'link/inside', 'ENOENT'],
    ['is where the system makes none', '/proc/inside', 'E'],
  ])('DirectoryUnusableError for a directory that %s', async (_what, path, reason) => {
    const parent = temporaryDirectory();
    writeFileSync(join(parent, 'file'), '');
    symlinkSync(join(parent, 'nowhere'), join(parent, 'link'));
    const directory = resolve(parent, path);
    const error = await failure({ directory });
    expect(error).toBeInstanceOf(DirectoryUnusableError);
    expect(error).toMatchObject({ code: 'embedded-clickhouse-directory-unusable', directory });
    expect(error.message).toContain(`${directory} cannot be used: ${reason}`);
  });

  it.each(['', '{', '{"adminPassword":"x"}'])(
    'DirectoryUnusableError for a credentials file that holds %j',
    async (text) => {
      const directory = temporaryDirectory();
      writeFileSync(join(directory, 'credentials.json'), text);
      const error = await failure({ directory });
      expect(error).toBeInstanceOf(DirectoryUnusableError);
      expect(error.message).toContain('credentials.json');
    },
  );

  it.each<[string, Partial<EmbeddedClickHouseOptions>]>([
    ['directory', { directory: '' }],
    ['httpPort', { httpPort: -1 }],
    ['httpPort', { httpPort: 65_536 }],
    ['tcpPort', { tcpPort: 1.5 }],
    ['tcpPort', { tcpPort: 9000, httpPort: 9000 }],
    ['memoryLimitBytes', { memoryLimitBytes: 1024 }],
    ['memoryLimitBytes', { memoryLimitBytes: Number.NaN }],
    ['startTimeoutMs', { startTimeoutMs: 0 }],
    ['restart.maxAttempts', { restart: { maxAttempts: -1 } }],
    ['users.admin.name', { users: { admin: { name: 'default' } } }],
    ['users.admin.name', { users: { admin: { name: 'a b' } } }],
    ['users.admin.password', { users: { admin: { password: '' } } }],
    ['users.reader.name', { users: { reader: { name: 'signalbox' } } }],
    ['users.reader.databases', { users: { reader: { databases: ['`; DROP'] } } }],
  ])('InvalidOptionError for %s in %j', async (option, options) => {
    const error = await failure({ directory: temporaryDirectory(), ...options });
    expect(error).toBeInstanceOf(InvalidOptionError);
    expect(error).toMatchObject({ code: 'embedded-clickhouse-invalid-option', option });
    expect(error.message).toContain(`Option ${option} is `);
  });
});

async function failure(options: EmbeddedClickHouseOptions): Promise<EmbeddedClickHouseError> {
  const error = await startEmbeddedClickHouse(options).then(
    (server) => server.stop(),
    (reason: unknown) => reason,
  );
  if (!EmbeddedClickHouseError.isInstance(error))
    throw new Error(`Expected an error of the package, not ${error}`);
  return error;
}
