import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { startChaosStack } from './chaos/chaos-stack.js';
import { send } from './chaos/load.js';
import { SPANS } from './chaos/oracle.js';
import { runSignalbox, temporaryFolder } from './signalbox-process.js';

it('shows the rows that ClickHouse refused, and inserts them once they can be', async () => {
  const logDirectory = join(await temporaryFolder(), 'log');
  const stack = await startChaosStack({ logDirectory, log: { blockAgeMs: 50 } });
  const configFile = join(await temporaryFolder(), 'signalbox.config.json');
  await writeFile(configFile, JSON.stringify({ collector: { log: { directory: logDirectory } } }));
  const deadLetters = async (...args: string[]) => {
    const { code, stdout, stderr } = await runSignalbox([
      'dead-letters',
      ...args,
      '--config',
      configFile,
      '--json',
    ]);
    if (stdout === '') throw new Error(stderr);
    return { code, answer: JSON.parse(stdout) };
  };

  expect(await deadLetters('list')).toEqual({ code: 0, answer: { deadLetters: [] } });
  expect(await deadLetters('replay', '--all')).toEqual({ code: 3, answer: { replayed: [] } });

  await stack.read("ALTER TABLE otel_traces ADD CONSTRAINT test CHECK NOT endsWith(SpanId, '3')");
  const request = stack.oracle.issue();
  expect(await send(stack.url, request)).toBe(200);
  // Ids end in every hexadecimal digit in turn: 3, 13 and so on are refused.
  const refused = Array.from({ length: SPANS }, (_, index) => index).filter(
    (index) => index % 16 === 3,
  ).length;
  await vi.waitFor(async () => {
    const { answer } = await deadLetters('list');
    expect(answer.deadLetters).toHaveLength(refused);
    expect(answer.deadLetters[0]).toMatchObject({ table: 'otel_traces', rows: 1, isReplaying: false });
    expect(answer.deadLetters[0].reason).toMatch(/^ClickHouse answered with code 469/);
  }, 30_000);

  await stack.read('ALTER TABLE otel_traces DROP CONSTRAINT test');
  expect((await deadLetters('replay', '--all')).answer.replayed).toHaveLength(refused);
  stack.oracle.acknowledge(request);
  expect(await stack.verdict()).toMatchObject({ lost: 0, duplicated: 0, lostDecisions: 0 });
  await vi.waitFor(async () => expect((await deadLetters('list')).answer.deadLetters).toEqual([]), 30_000);
});
