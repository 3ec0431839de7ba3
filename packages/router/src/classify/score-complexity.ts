import type { ComplexityLevel, TaskType } from '@signalbox/spec';
import { isClauseMark } from './character-class.js';
import { detectTaskType } from './detect-task-type.js';
import { samplePrompt } from './sample-prompt.js';
import { type CueScan, scanCues } from './scan-cues.js';

/** Changes whenever a weight, a feature or a threshold of the complexity score changes. */
export const COMPLEXITY_MODEL_VERSION = 1;

// The weights sum to 1 and every feature lies in 0..1, and so does the score. They are set by hand and
// not fitted: on RouteLLM's MMLU and GSM8K splits the score orders prompts worse than their length alone does.
const WEIGHTS = { length: 0.5, task: 0.1, cues: 0.25, clauses: 0.15 };

/** Length is felt in ratios: 0 for an empty prompt, 1 from 20,000 characters on. */
const SHORT_CHARACTERS = 50;
const LONG_CHARACTERS = 20_000;
/** Counts at which the saturating features `n / (n + half)` reach one half. */
const HALF_CUES = 1.5;
const HALF_CLAUSES = 20;

const TASK_PRIOR: Readonly<Record<TaskType, number>> = {
  reasoning: 0.8,
  debugging: 0.7,
  math: 0.7,
  coding: 0.6,
  analysis: 0.6,
  creative: 0.3,
  summarization: 0.2,
  translation: 0.2,
  chat: 0,
};

/** What the score is computed from. `text` is the sampled prompt in lower case. */
export type ComplexityInput = { characters: number; text: string; type: TaskType; scan: CueScan };

/**
 * How hard a prompt looks, 0 to 1: a linear model over four cheap features: the logarithm of the length, a prior of
 * the task type, cues of hard work, and the number of clauses (punctuation and lines).
 */
export const complexityOf = ({ characters, text, type, scan }: ComplexityInput): number => {
  const length =
    Math.log(1 + characters / SHORT_CHARACTERS) / Math.log(1 + LONG_CHARACTERS / SHORT_CHARACTERS);
  return (
    WEIGHTS.length * Math.min(1, length) +
    WEIGHTS.task * TASK_PRIOR[type] +
    WEIGHTS.cues * saturate(scan.complexityCues, HALF_CUES) +
    WEIGHTS.clauses * saturate(countClauses(text), HALF_CLAUSES)
  );
};

/** The complexity score of a prompt, 0 to 1, as `decide()` sees it. */
export const scoreComplexity = (prompt: string): number => {
  const text = samplePrompt(prompt).toLowerCase();
  const scan = scanCues(text);
  return complexityOf({ characters: prompt.length, text, type: detectTaskType(text, scan), scan });
};

/** The band of a score: `simple` below 0.2, `moderate` below 0.4, `complex` below 0.65, then `expert`. */
export const complexityLevel = (score: number): ComplexityLevel => {
  if (score < 0.2) return 'simple';
  if (score < 0.4) return 'moderate';
  return score < 0.65 ? 'complex' : 'expert';
};

const saturate = (count: number, half: number): number => count / (count + half);

const countClauses = (text: string): number => {
  let clauses = 0;
  for (let at = 0; at < text.length; at += 1) if (isClauseMark(text.charCodeAt(at))) clauses += 1;
  return clauses;
};
