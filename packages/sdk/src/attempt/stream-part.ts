import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { unfinishedAnswer } from './unfinished-answer.js';

const WITHOUT_CONTENT: ReadonlySet<LanguageModelV4StreamPart['type']> = new Set([
  'stream-start',
  'response-metadata',
  'text-start',
  'text-end',
  'reasoning-start',
  'reasoning-end',
  'raw',
  'ping',
  'finish',
  'error',
] as const);

/** True for a part that carries some of the answer: text, reasoning, a tool call, a file, a source. */
export const isContentPart = ({ type }: LanguageModelV4StreamPart): boolean => !WITHOUT_CONTENT.has(type);

/** The error that a part reports, wrapped because it may be any value; `null` for a part that reports none. */
export const failureOfPart = (part: LanguageModelV4StreamPart): { error: unknown } | null => {
  if (part.type === 'error') return { error: part.error };
  const error = part.type === 'finish' ? unfinishedAnswer(part.finishReason.unified) : null;
  return error && { error };
};
