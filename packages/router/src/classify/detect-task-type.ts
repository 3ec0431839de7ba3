import type { TaskType } from '@signalbox/spec';
import { CUE_TASKS, type CueScan } from './scan-cues.js';

/** One strong cue or two weak ones; below that a prompt is `chat`. */
const THRESHOLD = 2;

const FENCE_CODING = 2;
const FENCE_DEBUGGING = 1;
const EXPRESSION_MATH = 2;

/** "15 * 23", "3x + 7": unambiguous operators only, because dates and ranges have dashes and slashes. */
const EXPRESSION = /\d[a-z]?\s{0,4}[*×÷^=+]\s{0,4}[\d(]/;

/**
 * The kind of work that a sampled prompt in lower case asks for: the type with the greatest weight of cues. A code
 * fence counts for `coding` and, less, for `debugging`; an arithmetic expression outside code for `math`.
 */
export const detectTaskType = (text: string, scan: CueScan): TaskType => {
  const hasCode = text.includes('```');
  const hasExpression = !hasCode && EXPRESSION.test(text);
  let best: TaskType = 'chat';
  let bestWeight = 0;
  for (let task = 0; task < CUE_TASKS.length; task += 1) {
    const type = CUE_TASKS[task];
    if (type === undefined) break;
    let weight = scan.weights[task] ?? 0;
    if (hasCode && type === 'coding') weight += FENCE_CODING;
    if (hasCode && type === 'debugging') weight += FENCE_DEBUGGING;
    if (hasExpression && type === 'math') weight += EXPRESSION_MATH;
    if (weight >= THRESHOLD && weight > bestWeight) {
      best = type;
      bestWeight = weight;
    }
  }
  return best;
};
