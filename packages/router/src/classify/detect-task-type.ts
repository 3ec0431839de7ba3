import type { TaskType } from '@signalbox/spec';
import { CUE_TASKS, type CueScan } from './scan-cues.js';

/** One strong cue or two weak ones; below that a prompt is `chat`. */
const THRESHOLD = 2;

const FENCE_CODING = 2;
const FENCE_DEBUGGING = 1;
const EXPRESSION_MATH = 2;
/** "How many ... 3 ... 5 ...?": the question is a weak cue, and numbers make it two. */
const WORD_PROBLEM_MATH = 1;
const WORD_PROBLEM_NUMERALS = 2;

/** "15 * 23", "3x + 7": unambiguous operators only, because dates and ranges have dashes and slashes. */
const EXPRESSION = /\d[a-z]?\s{0,4}[*×÷^=+]\s{0,4}[\d(]/;

/**
 * The kind of work that a sampled prompt in lower case asks for: the type with the greatest weight of cues. A code
 * fence counts for `coding` and, less, for `debugging`; outside code an arithmetic expression, and a question for a
 * quantity beside numbers, count for `math`.
 */
export const detectTaskType = (text: string, scan: CueScan, numerals: number): TaskType => {
  const hasCode = text.includes('```');
  let numbersMath = 0;
  if (!hasCode && scan.quantity && numerals >= WORD_PROBLEM_NUMERALS) numbersMath += WORD_PROBLEM_MATH;
  if (!hasCode && EXPRESSION.test(text)) numbersMath += EXPRESSION_MATH;
  let best: TaskType = 'chat';
  let bestWeight = 0;
  for (let task = 0; task < CUE_TASKS.length; task += 1) {
    const type = CUE_TASKS[task];
    if (type === undefined) break;
    let weight = scan.weights[task] ?? 0;
    if (hasCode && type === 'coding') weight += FENCE_CODING;
    if (hasCode && type === 'debugging') weight += FENCE_DEBUGGING;
    if (type === 'math') weight += numbersMath;
    if (weight >= THRESHOLD && weight > bestWeight) {
      best = type;
      bestWeight = weight;
    }
  }
  return best;
};
