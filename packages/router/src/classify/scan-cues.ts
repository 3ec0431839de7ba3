import { createPhraseIndex, findPhrases } from './phrase-index.js';
import { COMPLEXITY_CUES, TASK_CUES } from './task-cues.js';

/** Cues found in a prompt: summed weights in the order of `CUE_TASKS`, and how many hint at hard work. */
export type CueScan = { weights: number[]; complexityCues: number };

type Cue = { task: number; weight: number; complexity: number };

const STRONG = 2;
const WEAK = 1;
/** Instructions stand at the start or at the end; what lies between is mostly material. */
const INSTRUCTION_CHARACTERS = 400;
const MATERIAL_SHARE = 0.25;
/** "Translate this" asks for it; "the translation" may only be talked about. */
const OPENING_SHARE = 2;

/** The task types that have cues, in the order that decides ties. */
export const CUE_TASKS = Object.keys(TASK_CUES) as readonly (keyof typeof TASK_CUES)[];

const cues = new Map<string, Cue>();
for (const [task, name] of CUE_TASKS.entries()) {
  const { strong, weak } = TASK_CUES[name];
  for (const phrase of strong) cues.set(phrase, { task, weight: STRONG, complexity: 0 });
  for (const phrase of weak) cues.set(phrase, { task, weight: WEAK, complexity: 0 });
}
for (const phrase of COMPLEXITY_CUES) {
  cues.set(phrase, { ...(cues.get(phrase) ?? { task: 0, weight: 0 }), complexity: 1 });
}
const cueList = [...cues.values()];
const cueIndex = createPhraseIndex([...cues.keys()]);

/**
 * Finds the cues in a sampled prompt in lower case. A cue counts once, however often it stands there: fully within the
 * first or last 400 characters, a quarter elsewhere, and twice that where a strong one opens a sentence.
 */
export const scanCues = (text: string): CueScan => {
  const scan: CueScan = { weights: new Array<number>(CUE_TASKS.length).fill(0), complexityCues: 0 };
  const counted = new Float64Array(cueList.length);
  findPhrases(cueIndex, text, (position, at) => {
    const cue = cueList[position];
    if (!cue) return;
    const share = shareAt(text, at) * (cue.weight === STRONG && opensSentence(text, at) ? OPENING_SHARE : 1);
    const gain = share - (counted[position] ?? 0);
    if (gain <= 0) return;
    counted[position] = share;
    scan.weights[cue.task] = (scan.weights[cue.task] ?? 0) + cue.weight * gain;
    scan.complexityCues += cue.complexity * gain;
  });
  return scan;
};

const shareAt = (text: string, at: number): number =>
  at < INSTRUCTION_CHARACTERS || at >= text.length - INSTRUCTION_CHARACTERS ? 1 : MATERIAL_SHARE;

const opensSentence = (text: string, at: number): boolean => {
  const before = at - (text[at - 1] === ' ' ? 2 : 1);
  return before < 0 || '.!?:\n'.includes(text[before] ?? '\n');
};
