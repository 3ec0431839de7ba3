/** Candidates of every decision: provider, model, nano-USD per input and output token, quality, ms and tokens/s. */
export const TARGETS = [
  ['openai', 'gpt-5-nano', 50, 400, 0.62, 350, 180],
  ['openai', 'gpt-5-mini', 250, 2000, 0.76, 450, 120],
  ['openai', 'gpt-5.2', 1750, 14000, 0.92, 900, 70],
  ['anthropic', 'claude-haiku-4-5', 1000, 5000, 0.78, 400, 150],
  ['anthropic', 'claude-sonnet-4-6', 3000, 15000, 0.93, 700, 80],
  ['google', 'gemini-3.1-flash-lite', 250, 1500, 0.7, 300, 220],
  ['google', 'gemini-3.1-pro', 2000, 12000, 0.94, 1100, 90],
  ['mistral', 'mistral-large-2512', 500, 1500, 0.8, 500, 85],
] as const;

/** Routes, and the type of the tasks on each. */
export const ROUTES = [
  ['debugging', 'debugging'],
  ['summaries', 'summarization'],
  ['proofs', 'reasoning'],
  ['code', 'coding'],
  ['review', 'coding'],
  ['support', 'chat'],
  ['translation', 'translation'],
  ['reports', 'analysis'],
  ['search', 'analysis'],
  ['marketing', 'creative'],
  ['tutoring', 'math'],
  ['extraction', 'summarization'],
] as const;

/** Processes that decide, each with measurements of its own. */
export const PROCESSES = 4;

const text = (value: string): string => `'${value}'`;
/** SQL for an array of one column of such rows. */
export const column = <Row extends readonly (string | number)[]>(
  rows: readonly Row[],
  index: number,
): string =>
  `[${rows.map((row) => (typeof row[index] === 'number' ? row[index] : text(String(row[index])))).join(', ')}]`;
/** SQL for `digits` random hex digits that only depend on the seed and on these expressions. */
export const hex = (digits: number, ...of: (string | number)[]): string =>
  `substring(lower(hex(sipHash128(seed, ${of.join(', ')}))), 1, ${digits})`;
