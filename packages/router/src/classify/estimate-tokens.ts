import { isUnspaced } from './character-class.js';
import type { PromptReading } from './read-prompt.js';

const CHARACTERS_PER_TOKEN = 4;
const MAX_CHARACTERS_READ = 16_384;

/**
 * An estimate of how many tokens a text has: one per four characters, and one per character of scripts written without
 * spaces (Chinese, Japanese, Korean, Thai, ...). Rounded up; 0 for an empty text. Long texts are read at evenly spaced
 * places, so that the work is bounded. English prose is usually within 20 %; code and rare scripts may be off by more.
 */
export const estimateTokens = (text: string): number => {
  const step = Math.ceil(text.length / MAX_CHARACTERS_READ) || 1;
  let read = 0;
  let unspaced = 0;
  for (let at = 0; at < text.length; at += step) {
    read += 1;
    if (isUnspaced(text.charCodeAt(at))) unspaced += 1;
  }
  return read === 0 ? 0 : tokensOf(text.length, unspaced / read);
};

/** The same for a prompt that was read already, without reading it again where it was read as a whole. */
export const estimatePromptTokens = (prompt: string, { text, shape }: PromptReading): number =>
  text.length === prompt.length && text.length > 0
    ? tokensOf(text.length, shape.unspaced / text.length)
    : estimateTokens(prompt);

const tokensOf = (characters: number, unspacedShare: number): number => {
  const unspaced = unspacedShare * characters;
  return Math.ceil(unspaced + (characters - unspaced) / CHARACTERS_PER_TOKEN);
};
