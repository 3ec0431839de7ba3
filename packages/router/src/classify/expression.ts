import { RE2JS, RE2Set } from 're2js';

/** Instructions of a compiled expression at most: with the length of the sample it bounds the work on any prompt. */
const MAX_INSTRUCTIONS = 200;
/** Bytes that the automaton of one route may keep at most; beyond that it forgets what it has worked out. */
const MAX_AUTOMATON_BYTES = 1_048_576;

/** The regular expression in a pattern that is written between slashes, or `null` when it is a word or phrase. */
export const expressionIn = (pattern: string): string | null =>
  pattern.length > 2 && pattern.startsWith('/') && pattern.endsWith('/') ? pattern.slice(1, -1) : null;

/** Why an expression cannot be used, or `null` when it can. */
export const expressionProblem = (expression: string): string | null => {
  try {
    const size = RE2JS.compile(expression, RE2JS.CASE_INSENSITIVE).programSize();
    if (size <= MAX_INSTRUCTIONS) return null;
    return `compiles to ${size} instructions, more than ${MAX_INSTRUCTIONS}. Shorten its repetitions`;
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace('error parsing regexp: ', '') : String(error);
    return `is no regular expression of RE2: ${reason}`;
  }
};

/**
 * Finds which of some expressions occur in a text, all in one pass. Without regard to case, and without backtracking:
 * the time grows with the text times the size of the expressions at worst, whatever the text is.
 */
export type ExpressionSet = (text: string) => readonly number[];

/** Prepares expressions; the set gives their positions in this list. Throws RE2's error for one that is not valid. */
export const createExpressionSet = (expressions: readonly string[]): ExpressionSet => {
  const set = new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE, MAX_AUTOMATON_BYTES);
  for (const expression of expressions) set.add(expression);
  set.compile();
  return (text) => set.match(text);
};
