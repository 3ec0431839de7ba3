import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Output } from '../output/output.js';
import { benchRouting } from './routing-bench.js';

const QUIET: Output = {
  json: true,
  verbose: false,
  interactive: false,
  note: () => undefined,
  warn: () => undefined,
  result: () => undefined,
  error: () => undefined,
};

/** Questions of which the longer ones are those that the weak model fails. */
const outcomes = Array.from({ length: 60 }, (_, at) => ({
  prompt: 'what is this? '.repeat(at + 1),
  weak: at < 30 ? 1 : 0,
  strong: 1,
}));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-routing-bench-'));
  const lines = outcomes.map((outcome) => JSON.stringify(outcome)).join('\n');
  await writeFile(join(folder, 'mmlu.jsonl'), lines);
  await writeFile(join(folder, 'gsm8k.jsonl'), lines);
});
afterAll(() => rm(folder, { recursive: true }));

it('reports the score, the length and cross-validation for both benchmarks', async () => {
  const report = await benchRouting(QUIET, { data: folder });
  const values = Object.fromEntries(report.figures.map(({ name, value }) => [name, value]));
  // The longer half first is the best order there is: 0.75 of the area, half of the gap with a quarter of the prompts.
  expect(values).toMatchObject({
    prompts_mmlu: 60,
    apgr_mmlu: 0.75,
    apgr_gsm8k: 0.75,
    cpt50_mmlu: 0.25,
    cpt80_gsm8k: 0.4,
    apgr_mmlu_length: 0.75,
    cpt50_gsm8k_length: 0.25,
  });
  expect(values.apgr_mmlu_cv_low).toBeLessThan(0.75);
  expect(values.apgr_mmlu_cv_high).toBeGreaterThan(0.75);
  expect(values.apgr_mean_cv).toBeGreaterThan(0.7);
  expect(values.gain_over_length_low).toBeLessThanOrEqual(0);
  expect(report.reference.figures).toMatchObject({ apgr_random: 0.5, apgr_mean_length: 0.75 });
  expect(report.figures.find(({ name }) => name === 'apgr_mean_cv')?.target).toBe('>= 0.75');
});
