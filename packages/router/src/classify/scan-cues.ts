import { createPhraseIndex, findPhrases } from './phrase-index.js';
import type { WordStarts } from './prompt-shape.js';
import { COMPOUND_CUES, GIVEN_TEXT_CUES, HARD_WORK_CUES, QUANTITY_CUES, TASK_CUES } from './task-cues.js';

/** Cues found in a prompt. */
export type CueScan = {
  /** Summed weights in the order of `CUE_TASKS`. */
  weights: readonly number[];
  /** How much hints at hard work of any kind: full cues count 1, those amid material a quarter. */
  hardWork: number;
  /** True when several statements are to be judged at once. */
  compound: boolean;
  /** True when a quantity is asked for. */
  quantity: boolean;
  /** True when the answer is to be read from a text in the prompt. */
  givenText: boolean;
};

type Marks = 'quantity' | 'compound' | 'givenText';
type Cue = { task: number; weight: number; hardWork: number } & Record<Marks, boolean>;

const NO_MARKS: Record<Marks, boolean> = { quantity: false, compound: false, givenText: false };

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
const addCues = (phrases: readonly string[], meaning: Partial<Cue>): void => {
  const none: Cue = { task: 0, weight: 0, hardWork: 0, ...NO_MARKS };
  for (const phrase of phrases) cues.set(phrase, { ...(cues.get(phrase) ?? none), ...meaning });
};
for (const [task, name] of CUE_TASKS.entries()) {
  addCues(TASK_CUES[name].strong, { task, weight: STRONG });
  addCues(TASK_CUES[name].weak, { task, weight: WEAK });
}
addCues(HARD_WORK_CUES, { hardWork: 1 });
addCues(QUANTITY_CUES, { quantity: true });
addCues(COMPOUND_CUES, { compound: true });
addCues(GIVEN_TEXT_CUES, { givenText: true });

const cueList = [...cues.values()];
const cueIndex = createPhraseIndex([...cues.keys()]);
// One array for all scans: a scan is synchronous and leaves nothing behind that the next does not clear.
const counted = new Float64Array(cueList.length);

/**
 * Finds the cues in a sampled prompt in lower case. A cue counts once, however often it stands there: fully within the
 * first or last 400 characters, a quarter elsewhere, and twice that where a strong one opens a sentence.
 */
export const scanCues = (text: string, starts: WordStarts): CueScan => {
  const weights = CUE_TASKS.map(() => 0);
  const scan = { weights, hardWork: 0, ...NO_MARKS };
  counted.fill(0);
  findPhrases(cueIndex, { text, starts }, (position, at) => {
    const cue = cueList[position];
    if (!cue) return;
    const share = shareAt(text, at) * (cue.weight === STRONG && opensSentence(text, at) ? OPENING_SHARE : 1);
    const gain = share - (counted[position] ?? 0);
    if (gain <= 0) return;
    counted[position] = share;
    weights[cue.task] = (weights[cue.task] ?? 0) + cue.weight * gain;
    scan.hardWork += cue.hardWork * gain;
    scan.quantity ||= cue.quantity;
    scan.compound ||= cue.compound;
    scan.givenText ||= cue.givenText;
  });
  return scan;
};

const shareAt = (text: string, at: number): number =>
  at < INSTRUCTION_CHARACTERS || at >= text.length - INSTRUCTION_CHARACTERS ? 1 : MATERIAL_SHARE;

const opensSentence = (text: string, at: number): boolean => {
  const before = at - (text[at - 1] === ' ' ? 2 : 1);
  return before < 0 || '.!?:\n。！？：'.includes(text[before] ?? '\n');
};
