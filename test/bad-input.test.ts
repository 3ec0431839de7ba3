import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { apart, runSignalbox, temporaryFolder } from './signalbox-process.js';

const HEADER = 'TIMESTAMP,ContextTokens,GeneratedTokens\n';

const takePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
};

type Case = {
  what: string;
  args: (folder: string, port: number) => string[];
  files?: Record<string, string>;
  environment?: NodeJS.ProcessEnv;
  code: number;
  says: RegExp;
};

// Pretends another platform before the program starts. No quotation marks: NODE_OPTIONS takes them for its own.
const AS_WINDOWS = 'data:text/javascript,Object.defineProperty(process,`platform`,{value:`win32`})';

const CASES: Case[] = [
  {
    what: 'an unreadable trace',
    args: (folder) => ['demo', ...apart(folder), '--trace', join(folder, 'none.csv')],
    code: 2,
    says: /Cannot read the trace .*none\.csv: there is no such file/,
  },
  {
    what: 'a malformed line of a trace, with its number',
    files: { 'trace.csv': `${HEADER}2023-11-16 18:17:03,1,1\n2023-11-16 18:17:04,lots,1\n` },
    args: (folder) => ['demo', ...apart(folder), '--trace', join(folder, 'trace.csv')],
    code: 2,
    says: /trace\.csv:3: ContextTokens "lots"/,
  },
  {
    what: 'a wrong configuration, with the path of the field',
    files: { 'signalbox.config.yaml': 'policy:\n  exploration: 7\n' },
    args: (folder) => ['up', ...apart(folder), '--config', join(folder, 'signalbox.config.yaml')],
    code: 2,
    says: /signalbox\.config\.yaml has a bad field:\n {2}policy\.exploration: /,
  },
  {
    what: 'a taken port of the collector',
    args: (folder, port) => [
      'up',
      '--directory',
      folder,
      '--clickhouse-port',
      '0',
      '--otlp-port',
      String(port),
    ],
    code: 1,
    says: /Port \d+ for the collector is in use\..*choose another port with --otlp-port/,
  },
  {
    what: 'a taken port of ClickHouse',
    args: (folder, port) => [
      'up',
      '--directory',
      folder,
      '--clickhouse-port',
      String(port),
      '--otlp-port',
      '0',
    ],
    code: 1,
    says: /Port \d+ for ClickHouse is in use\..*choose another port with --clickhouse-port/,
  },
  {
    what: 'a taken port of the simulator',
    args: (_folder, port) => ['simulate', '--port', String(port)],
    code: 1,
    says: /[Pp]ort \d+ .*/,
  },
  {
    what: 'a taken port of the simulator of a demo',
    args: (folder, port) => ['demo', ...apart(folder), '--simulator-port', String(port)],
    code: 1,
    says: /Port \d+ for the simulator is in use\..*choose another port with --simulator-port \(0 takes a free one\)\.\s$/,
  },
  {
    what: 'a broken timeline of a demo',
    files: { 'timeline.yaml': 'incidents: 7\n' },
    args: (folder) => [
      ...['demo', ...apart(folder), '--simulator-port', '0'],
      ...['--timeline', join(folder, 'timeline.yaml')],
    ],
    code: 2,
    says: /timeline\.yaml.*incidents/s,
  },
  {
    what: 'a directory in a file',
    files: { 'a-file': '' },
    args: (folder) => ['up', ...apart(join(folder, 'a-file', 'data'))],
    code: 1,
    says: /The directory \S+a-file\/data cannot be used: ENOTDIR.*--directory/,
  },
  {
    what: 'a directory where the system makes none',
    args: () => ['up', ...apart('/proc/signalbox')],
    code: 1,
    says: /The directory \/proc\/signalbox cannot be used: E.*--directory/,
  },
  {
    what: 'a broken timeline',
    files: { 'timeline.yaml': 'incidents:\n  - { at: 10s, for: 5s, model: "*", kind: explosion }\n' },
    args: (folder) => ['simulate', '--port', '0', '--timeline', join(folder, 'timeline.yaml')],
    code: 2,
    says: /timeline\.yaml.*kind/s,
  },
  {
    what: 'a platform without embedded ClickHouse',
    args: (folder) => ['up', ...apart(folder)],
    environment: { NODE_OPTIONS: `--import=${AS_WINDOWS}` },
    code: 1,
    says: /win32/,
  },
  {
    what: 'a ClickHouse that does not answer',
    args: () => ['migrate'],
    environment: { SIGNALBOX_CLICKHOUSE_URL: 'http://127.0.0.1:9' },
    code: 1,
    says: /ClickHouse at http:\/\/127\.0\.0\.1:9\/? is not available/,
  },
  { what: 'an unknown command', args: () => ['fly'], code: 2, says: /unknown command 'fly'/ },
  { what: 'an unknown option', args: () => ['up', '--fast'], code: 2, says: /unknown option '--fast'/ },
  {
    what: 'a bad option value',
    args: () => ['demo', '--speed', 'fast'],
    code: 2,
    says: /--speed.*It must be/s,
  },
  {
    what: 'a model that is no target',
    args: () => ['route', 'hi', '--model', 'gpt-9'],
    code: 2,
    says: /"gpt-9" is not a target/,
  },
];

describe('the program', () => {
  it.each(CASES)('ends with one clear error at $what', async ({ args, files, environment, code, says }) => {
    const folder = await temporaryFolder();
    for (const [name, text] of Object.entries(files ?? {})) await writeFile(join(folder, name), text);
    const result = await runSignalbox(args(folder, await takePort()), {
      cwd: folder,
      ...(environment && { environment }),
    });
    expect(result.stderr).toMatch(says);
    expect(result.code).toBe(code);
    expect(result.stderr).not.toMatch(/^ {4}at /m);
    expect(result.stdout).toBe('');
  });

  it('shows the stack and the cause with --verbose', async () => {
    const folder = await temporaryFolder();
    const { stderr } = await runSignalbox(['demo', '--verbose', '--trace', join(folder, 'none.csv')], {
      cwd: folder,
    });
    expect(stderr).toMatch(/^ {4}at /m);
    expect(stderr).toMatch(/\[cause\]: \[Error: ENOENT/);
  });

  it.each([
    ['an unknown command', ['fly', '--json'], "unknown command 'fly'"],
    ['an unknown option', ['--json', 'up', '--fast'], "unknown option '--fast'"],
    ['a missing argument', ['route', '--json'], "missing required argument 'prompt'"],
    ['no command', ['--json'], 'A command is missing. `signalbox --help` lists them.'],
  ])('gives %s as JSON with --json', async (_what, args, message) => {
    const { code, stderr, stdout } = await runSignalbox(args, {});
    expect(JSON.parse(stderr)).toEqual({ error: { code: 'usage', message } });
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('gives the error as JSON with --json', async () => {
    const { stderr, stdout } = await runSignalbox(['migrate', '--json'], {
      environment: { SIGNALBOX_CLICKHOUSE_URL: 'http://127.0.0.1:9' },
    });
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'store-unavailable' } });
    expect(stdout).toBe('');
  });
});
