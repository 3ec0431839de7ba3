import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measureLoad } from './measure-load.js';
import { readArrivalTrace } from './read-arrival-trace.js';

const HEADER = 'TIMESTAMP,ContextTokens,GeneratedTokens';
let folder: string;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-trace-'));
});
afterAll(() => rm(folder, { recursive: true }));

const write = async (text: string): Promise<string> => {
  files += 1;
  const file = join(folder, `${files}.csv`);
  await writeFile(file, text);
  return file;
};

const read = async (text: string) => Array.fromAsync(readArrivalTrace(await write(text)));

describe('readArrivalTrace', () => {
  it('gives the arrivals relative to the first, to a tenth of a microsecond', async () => {
    const rows = '2023-11-16 18:17:03.9799600,4808,10\n2023-11-16 18:17:04.0319600,3180,8\n';
    const [first, second] = await read(`${HEADER}\n${rows}`);
    expect(first).toEqual({ atMs: 0, contextTokens: 4808, generatedTokens: 10 });
    expect(second?.atMs).toBeCloseTo(52, 3);
  });

  it('accepts Windows line ends, a byte order mark, quotes and blank lines', async () => {
    const text = `\uFEFF${HEADER}\r\n"2023-11-16 18:17:03",5,6\r\n\r\n2023-11-16T18:17:04Z,7,8`;
    await expect(read(text)).resolves.toEqual([
      { atMs: 0, contextTokens: 5, generatedTokens: 6 },
      { atMs: 1000, contextTokens: 7, generatedTokens: 8 },
    ]);
  });

  const good = '2023-11-16 18:17:03,1,1';
  it.each([
    ['an empty file', '', 1, 'empty'],
    ['a header alone', `${HEADER}\n`, 2, 'no arrivals'],
    ['another header', 'time,in,out\n', 1, 'header must be'],
    ['a missing column', `${HEADER}\n${good}\n2023-11-16 18:17:04,1`, 3, 'expected 3 columns, found 2'],
    ['text for tokens', `${HEADER}\n2023-11-16 18:17:03,many,1`, 2, 'ContextTokens "many"'],
    ['negative tokens', `${HEADER}\n${good}\n${good.replace(/1$/, '-1')}`, 3, 'GeneratedTokens "-1"'],
    ['a fraction of a token', `${HEADER}\n2023-11-16 18:17:03,1.5,1`, 2, 'ContextTokens "1.5"'],
    ['no time', `${HEADER}\nyesterday,1,1`, 2, 'TIMESTAMP "yesterday"'],
    ['an impossible time', `${HEADER}\n2023-13-45 18:17:03,1,1`, 2, 'TIMESTAMP "2023-13-45'],
    ['a day that the month does not have', `${HEADER}\n2023-02-31 18:17:03,1,1`, 2, 'TIMESTAMP "2023-02-31'],
    ['a time that goes back', `${HEADER}\n${good}\n2023-11-16 18:17:02,1,1`, 3, 'before the line above'],
    ['an open quote', `${HEADER}\n"${good}\n${good}\n${good}`, 2, 'never closed'],
  ])('names the line of %s', async (_what, text, line, reason) => {
    const error = await read(text).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'trace-malformed', line });
    expect((error as Error).message).toMatch(new RegExp(`\\.csv:${line}: .*${reason}`));
  });

  it('says when there is no such file', async () => {
    const missing = join(folder, 'missing.csv');
    await expect(Array.fromAsync(readArrivalTrace(missing))).rejects.toThrow(
      `Cannot read the trace ${missing}: there is no such file.`,
    );
  });

  it('says when the file is a folder', async () => {
    await expect(Array.fromAsync(readArrivalTrace(folder))).rejects.toMatchObject({
      code: 'file-unreadable',
    });
  });
});

const data =
  process.env.SIGNALBOX_DATA_DIR ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const azure = join(data, 'azure-llm-2023/AzureLLMInferenceTrace_code.csv');

describe('the Azure LLM inference trace', () => {
  it.skipIf(!existsSync(azure))(
    `is read whole${existsSync(azure) ? '' : ` (skipped: ${azure} is absent)`}`,
    async () => {
      await expect(measureLoad(readArrivalTrace(azure))).resolves.toMatchObject({
        requests: 8819,
        contextTokens: 18_059_974,
        generatedTokens: 245_896,
      });
    },
  );
});
