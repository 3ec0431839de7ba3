import type { TaskType } from '@signalbox/spec';

// Typical lengths of answers in tokens. Rough on purpose: they only have to rank targets and to catch large costs.
const ANSWER_TOKENS: Readonly<Record<TaskType, number>> = {
  coding: 800,
  debugging: 700,
  reasoning: 800,
  math: 400,
  analysis: 800,
  summarization: 300,
  translation: 400,
  creative: 800,
  chat: 300,
};

/** Tokens of the answer to expect for a kind of work, at most what the caller asked for. */
export const expectAnswerTokens = (type: TaskType, maxOutputTokens: number | null): number =>
  maxOutputTokens === null ? ANSWER_TOKENS[type] : Math.min(ANSWER_TOKENS[type], maxOutputTokens);
