import type { TaskType } from '@signalbox/spec';
import { detectTaskType } from './detect-task-type.js';
import { measureShape, type PromptShape } from './prompt-shape.js';
import { samplePrompt } from './sample-prompt.js';
import { type CueScan, scanCues } from './scan-cues.js';
import { toLowerCase } from './to-lower-case.js';

/** What is read off a prompt, once. */
export type PromptReading = {
  characters: number;
  /** The part that is read, in its own case and in lower case. */
  text: string;
  lowerCase: string;
  shape: PromptShape;
  scan: CueScan;
  type: TaskType;
};

/** Reads a prompt of any size in bounded time. The reading is valid until the next prompt is read. */
export const readPrompt = (prompt: string): PromptReading => {
  const text = samplePrompt(prompt);
  const lowerCase = toLowerCase(text);
  const shape = measureShape(text, lowerCase);
  const scan = scanCues(lowerCase, shape.starts);
  return {
    characters: prompt.length,
    text,
    lowerCase,
    shape,
    scan,
    type: detectTaskType(lowerCase, scan, shape.numerals),
  };
};
