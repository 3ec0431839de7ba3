import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Mean score of a model by task type, over at least `MIN_PROMPTS` prompts, and where it was measured. */
export type Measured = { byTask: Record<string, number>; source: string };

const MIN_PROMPTS = 20;

type Score = { model: string; task: string; score: number };

const readLines = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

/** GSM8K is mathematics; MMLU asks for knowledge and reasoning. */
const routeLlm = (data: string): Score[] =>
  (['gsm8k', 'mmlu'] as const).flatMap((bench) =>
    readLines<{ weak: number; strong: number }>(join(data, `routellm/dev/${bench}.jsonl`)).map(
      ({ weak }) => ({
        // Its strong model, gpt-4-1106-preview, is gone from every list.
        model: 'mistral/open-mixtral-8x7b',
        task: bench === 'gsm8k' ? 'math' : 'reasoning',
        score: weak,
      }),
    ),
  );

const ARENA_MODELS: Readonly<Record<string, string>> = {
  'gemini-2.0-flash-001': 'google/gemini-2.0-flash',
  'claude-3-haiku-20240307': 'anthropic/claude-3-haiku-20240307',
};

const arenaTask = (dataset: string): string | null => {
  if (/^(AIME|MATH|MathQA|GSM8K|AsDiv|GeoBench|MMLUPro_math)$/.test(dataset)) return 'math';
  if (/^(LiveCodeBench)$/.test(dataset)) return 'coding';
  if (/^WMT19/.test(dataset)) return 'translation';
  return /^(MMLU|ArcMMLU|SuperGLUE|Ethics|ChessInstruct|MedMCQA|PubMedQA)/.test(dataset) ? 'reasoning' : null;
};

const routerArena = (data: string): Score[] =>
  readLines<{ dataset: string; outcomes: Record<string, { score: number }> }>(
    join(data, 'routerarena/dev.jsonl'),
  ).flatMap(({ dataset, outcomes }) => {
    const task = arenaTask(dataset);
    if (task === null) return [];
    return Object.entries(outcomes).flatMap(([name, { score }]) => {
      const model = ARENA_MODELS[name];
      return model === undefined ? [] : [{ model, task, score }];
    });
  });

const summarize = (scores: readonly Score[], name: string): [string, Measured][] =>
  [...Map.groupBy(scores, ({ model }) => model)].flatMap(([model, ofModel]) => {
    const tasks = [...Map.groupBy(ofModel, ({ task }) => task)].filter(
      ([, some]) => some.length >= MIN_PROMPTS,
    );
    const mean = (some: readonly Score[]): number =>
      Math.round((some.reduce((sum, { score }) => sum + score, 0) / some.length) * 100) / 100;
    const counts = tasks.map(([task, some]) => `${task} ${some.length}`).join(', ');
    const byTask = Object.fromEntries(tasks.map(([task, some]) => [task, mean(some)]));
    return tasks.length === 0 ? [] : [[model, { byTask, source: `${name}, prompts: ${counts}` }]];
  });

/** What the development data says about models of the catalogue, by id. */
export const readMeasuredQuality = (data: string): Map<string, Measured> =>
  new Map([
    ...summarize(routeLlm(data), 'RouteLLM development data'),
    ...summarize(routerArena(data), 'RouterArena development data'),
  ]);
