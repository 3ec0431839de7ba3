/** What kind of work a prompt asks for. A closed set; `chat` is what remains when nothing else fits. */
export const TASK_TYPES = [
  'coding',
  'debugging',
  'reasoning',
  'math',
  'analysis',
  'summarization',
  'translation',
  'creative',
  'chat',
] as const;

/** One of `TASK_TYPES`. */
export type TaskType = (typeof TASK_TYPES)[number];

/** How hard a prompt looks, as four bands of the complexity score. */
export const COMPLEXITY_LEVELS = ['simple', 'moderate', 'complex', 'expert'] as const;

/** One of `COMPLEXITY_LEVELS`. */
export type ComplexityLevel = (typeof COMPLEXITY_LEVELS)[number];

/** How a request was classified before any target was looked at. */
export type Task = {
  type: TaskType;
  complexity: ComplexityLevel;
  /** 0 (trivial) to 1 (hardest). */
  complexityScore: number;
};
