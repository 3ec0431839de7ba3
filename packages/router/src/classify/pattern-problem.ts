import { expressionIn, expressionProblem } from './expression.js';
import { normalizePhrase } from './phrase-index.js';

/** Characters of a phrase at most: with the length of the sample it bounds the work on any prompt. */
const MAX_PHRASE_CHARACTERS = 200;

/** Why a pattern of a route can never be found or cannot be used, or `null` when it can. */
export const patternProblem = (pattern: string): string | null => {
  const expression = expressionIn(pattern);
  if (expression !== null) return expressionProblem(expression);
  const { length } = normalizePhrase(pattern);
  if (length === 0) return 'is blank. Write a word, a phrase, or a regular expression between slashes';
  if (length <= MAX_PHRASE_CHARACTERS) return null;
  return `has ${length} characters, more than ${MAX_PHRASE_CHARACTERS}. Use its distinctive part`;
};
