import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { createSignalbox } from '@signalbox/sdk';
import { startSimulator } from '@signalbox/simulator';
import { createStore, migrate } from '@signalbox/store';
import { describe, expect, it, onTestFinished } from 'vitest';
import { apart, temporaryFolder } from './signalbox-process.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = await readFile(join(root, 'README.md'), 'utf8');

const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, text = '']) => text,
  );
const commands = blocks('sh').flatMap((block) => block.trim().split('\n'));

/** Runs a line of the README as a shell would. */
const runLine = async (line: string): Promise<{ code: number | null; output: string }> => {
  const child = spawn('sh', ['-c', line], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  return { code, output };
};

describe('the commands of the README', () => {
  // Not run again from inside itself: `npm test` is what runs this test.
  const runnable = commands.filter((line) => line !== 'npm test');

  it('name the two commands first', () => {
    expect(commands.slice(0, 2)).toEqual(['npm start', 'npm test']);
  });

  it.each(runnable)('%s', async (line) => {
    const directory = await temporaryFolder();
    let command = line;
    if (line.startsWith('npm start')) {
      await writeFile(
        join(directory, 'trace.csv'),
        'TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03,9,9\n',
      );
      const options = [...apart(directory), '--simulator-port', '0', '--requests', '20', '--exit'];
      const separator = line.includes(' -- ') ? '' : '-- ';
      command = `${line.replace('trace.csv', join(directory, 'trace.csv'))} ${separator}${options.join(' ')}`;
    }
    const { code, output } = await runLine(command);
    expect(code, output).toBe(0);
    if (line.startsWith('npm start')) expect(output).toMatch(/Reconciled: 0 lost, 0 duplicated/);
  });
});

describe('the rest of the README', () => {
  it('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) => path);
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('shows SQL that runs', async () => {
    const clickhouse = await startEmbeddedClickHouse({
      directory: join(await temporaryFolder(), 'clickhouse'),
    });
    onTestFinished(() => clickhouse.stop());
    const login = { url: clickhouse.url, username: clickhouse.username, password: clickhouse.password };
    const store = createStore({ ...login, database: 'signalbox' });
    await migrate(store);
    await store.close();
    for (const sql of blocks('sql')) {
      const response = await fetch(clickhouse.url, {
        method: 'POST',
        body: sql,
        headers: {
          'X-ClickHouse-User': clickhouse.readonlyUsername,
          'X-ClickHouse-Key': clickhouse.readonlyPassword,
        },
      });
      expect(response.status, await response.text()).toBe(200);
    }
  });

  it('shows SDK code that works', async () => {
    const simulator = await startSimulator({ port: 0, models: { 'gpt-5-mini': {}, 'gpt-5.2': {} } });
    onTestFinished(() => simulator.close());
    const [code = ''] = blocks('ts');
    const { generateText } = await import('ai');
    const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
    const openai = createOpenAICompatible({ name: 'openai', baseURL: `${simulator.url}/v1` });
    // The imports are handed in, so that the provider is the simulator; everything else runs as it stands.
    const body = code.replace(/^import .*$/gm, '');
    const run = new Function(
      'openai',
      'createSignalbox',
      'generateText',
      `return (async () => { ${body}; return text; })()`,
    );
    await expect(run(openai, createSignalbox, generateText)).resolves.toMatch(/\w+/);
  });
});
