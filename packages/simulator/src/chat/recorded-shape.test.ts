import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSimulator } from '../start-simulator.js';

const data = process.env.SIGNALBOX_DATA_DIR ?? join(import.meta.dirname, '../../../../../shared/data');
const recordings = join(data, 'provider-fixtures/openai');
const isAbsent = !existsSync(recordings);

/** The sorted key paths of a JSON value, without what only the recorded service sends. */
function keyPaths(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.length === 0 ? [`${path}[]`] : keyPaths(value[0], `${path}[]`);
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value)
    .filter(([key]) => key !== 'obfuscation')
    .flatMap(([key, field]) => keyPaths(field, `${path}.${key}`))
    .toSorted();
}

async function chat(stream: boolean): Promise<string> {
  const simulator = await startSimulator({ timeScale: 1_000 });
  onTestFinished(() => simulator.close());
  const messages = [{ role: 'user', content: 'hello' }];
  const body = JSON.stringify({ model: 'm', messages, stream, stream_options: { include_usage: stream } });
  const response = await fetch(`${simulator.url}/v1/chat/completions`, { method: 'POST', body });
  return response.text();
}

describe.skipIf(isAbsent)(`the recorded answers${isAbsent ? ` (skipped: no ${recordings})` : ''}`, () => {
  it('have the keys of a plain answer', async () => {
    const recorded: unknown = JSON.parse(readFileSync(join(recordings, 'chat__openai-text.json'), 'utf8'));
    expect(keyPaths(JSON.parse(await chat(false)))).toEqual(keyPaths(recorded));
  });

  it('have the keys of the chunks of a stream, in order', async () => {
    const shapes = (lines: string[]) => [
      ...new Set(lines.map((line) => keyPaths(JSON.parse(line)).join('\n'))),
    ];
    const recorded = readFileSync(join(recordings, 'chat__openai-text.chunks.txt'), 'utf8')
      .trim()
      .split('\n');
    const events = (await chat(true)).split('\n\n').filter((event) => event.startsWith('data: {'));
    expect(shapes(events.map((event) => event.slice('data: '.length)))).toEqual(shapes(recorded));
  });
});
