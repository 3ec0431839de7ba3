import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FileUnreadableError } from '@signalbox/spec';

/** The benchmarks whose prompts are told apart: a score only has to order the prompts within one. */
export const QUALITY_SETS = ['mmlu', 'gsm8k'] as const;

/** One of `QUALITY_SETS`. */
export type QualitySet = (typeof QUALITY_SETS)[number];

/** A value for each benchmark. */
export const bySet = <Value>(compute: (set: QualitySet) => Value): Record<QualitySet, Value> => ({
  mmlu: compute('mmlu'),
  gsm8k: compute('gsm8k'),
});

/** A prompt, and whether a weak and a strong model answered it correctly: 1 or 0. */
export type Outcome = { prompt: string; weak: number; strong: number };

/** The outcomes of each benchmark. */
export type Outcomes = Readonly<Record<QualitySet, readonly Outcome[]>>;

const isMark = (value: unknown): value is number => value === 0 || value === 1;

const parseLine = (line: string, number: number): Outcome => {
  const { prompt, weak, strong } = JSON.parse(line) as Partial<Record<keyof Outcome, unknown>>;
  if (typeof prompt === 'string' && isMark(weak) && isMark(strong)) return { prompt, weak, strong };
  throw new Error(`line ${number} has no text \`prompt\`, or no \`weak\` and \`strong\` of 0 or 1`);
};

const parseSet = (text: string): Outcome[] => {
  const outcomes = text
    .trimEnd()
    .split('\n')
    .map((line, index) => parseLine(line, index + 1));
  const gain = outcomes.reduce((sum, { weak, strong }) => sum + strong - weak, 0);
  if (gain <= 0) throw new Error('the strong model is not better than the weak one');
  return outcomes;
};

const readSet = async (folder: string, set: QualitySet): Promise<Outcome[]> => {
  const file = join(folder, `${set}.jsonl`);
  try {
    return parseSet(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new FileUnreadableError({ what: 'outcomes', file, option: '--data', cause });
  }
};

/**
 * Reads `mmlu.jsonl` and `gsm8k.jsonl` of a folder: one JSON object with `prompt`, `weak` and `strong` on each line, as
 * RouteLLM publishes them. Throws `FileUnreadableError` when one is missing, malformed, or leaves nothing to gain.
 */
export const readOutcomes = async (folder: string): Promise<Outcomes> => ({
  mmlu: await readSet(folder, 'mmlu'),
  gsm8k: await readSet(folder, 'gsm8k'),
});
