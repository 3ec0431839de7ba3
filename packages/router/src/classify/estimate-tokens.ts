import { isUnspaced } from './character-class.js';

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
  if (read === 0) return 0;
  const unspacedCharacters = (unspaced / read) * text.length;
  return Math.ceil(unspacedCharacters + (text.length - unspacedCharacters) / CHARACTERS_PER_TOKEN);
};
