import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readOutcomes } from './read-outcomes.js';

const GOOD = '{"prompt":"2+2?","weak":0,"strong":1,"subject":"x"}\n';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-outcomes-'));
});
afterAll(() => rm(folder, { recursive: true }));

const read = async (mmlu: string) => {
  await writeFile(join(folder, 'mmlu.jsonl'), mmlu);
  await writeFile(join(folder, 'gsm8k.jsonl'), GOOD);
  return readOutcomes(folder);
};

it('reads both benchmarks and keeps what it knows', async () => {
  const outcome = { prompt: '2+2?', weak: 0, strong: 1 };
  await expect(read(GOOD + GOOD)).resolves.toEqual({ mmlu: [outcome, outcome], gsm8k: [outcome] });
});

it.each([
  ['a line without a mark', `${GOOD}{"prompt":"x","weak":0}\n`, 'line 2 has no'],
  ['a mark that is no mark', '{"prompt":"x","weak":0,"strong":0.5}\n', 'line 1 has no'],
  ['a line that is no JSON', 'prompt,weak\n', 'mmlu.jsonl: Unexpected token'],
  ['nothing to gain', '{"prompt":"x","weak":1,"strong":1}\n', 'not better than the weak one'],
])('says what is wrong with %s', async (_, text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});

it('says which file is missing and which option gave it', async () => {
  await expect(readOutcomes(join(folder, 'none'))).rejects.toThrow(
    /none.mmlu\.jsonl: there is no such.*--data/,
  );
});
