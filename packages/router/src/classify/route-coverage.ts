import { COMPLEXITY_LEVELS, type Route, TASK_TYPES } from '@signalbox/spec';
import { expressionIn } from './expression.js';
import { createPhraseIndex, findPhrases, normalizePhrase } from './phrase-index.js';
import { measureShape } from './prompt-shape.js';

/** A route as the set of requests that it takes. */
type Coverage = {
  route: Route;
  /** Task type and complexity, together as one number. */
  cells: ReadonlySet<number>;
  patterns: readonly string[];
};

const cellsOf = ({ taskTypes, complexities }: Route): ReadonlySet<number> => {
  const cells = new Set<number>();
  for (const [row, type] of TASK_TYPES.entries()) {
    if (taskTypes.length > 0 && !taskTypes.includes(type)) continue;
    for (const [column, level] of COMPLEXITY_LEVELS.entries())
      if (complexities.length === 0 || complexities.includes(level))
        cells.add(row * COMPLEXITY_LEVELS.length + column);
  }
  return cells;
};

/** The form in which equal patterns are equal. */
const keyOf = (pattern: string): string =>
  expressionIn(pattern) === null ? normalizePhrase(pattern) : pattern;

/**
 * For each pattern the patterns that are found wherever it is: itself, and every phrase that stands in it. What an
 * expression implies is not known, beyond itself.
 */
const implications = (patterns: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const phrases = patterns.filter((pattern) => expressionIn(pattern) === null);
  const index = createPhraseIndex(phrases);
  return new Map(
    patterns.map((pattern) => {
      const implied = new Set([pattern]);
      if (expressionIn(pattern) === null) {
        const { starts } = measureShape(pattern, pattern);
        findPhrases(index, { text: pattern, starts }, (found) => implied.add(phrases[found] ?? pattern));
      }
      return [pattern, implied];
    }),
  );
};

const hasMetadataOf = (route: Route, earlier: Route): boolean =>
  Object.entries(earlier.metadata).every(([key, value]) => route.metadata[key] === value);

/**
 * For each route the earlier routes that together take every request that it would, or `null` when it can match.
 * Whatever request a route matches has one of its patterns, its metadata, and a task type and a complexity of its
 * lists: so it is enough to ask this for each pattern.
 */
export const findShadows = (routes: readonly Route[]): readonly (readonly Route[] | null)[] => {
  const all: Coverage[] = routes.map((route) => ({
    route,
    cells: cellsOf(route),
    patterns: route.patterns.map(keyOf),
  }));
  const implied = implications([...new Set(all.flatMap(({ patterns }) => patterns))]);

  const takes = (earlier: Coverage, pattern: string | null): boolean =>
    earlier.patterns.length === 0 ||
    (pattern !== null && earlier.patterns.some((other) => implied.get(pattern)?.has(other)));

  return all.map(({ route, cells, patterns }, position) => {
    const before = all.slice(0, position).filter((earlier) => hasMetadataOf(route, earlier.route));
    const shadows = new Set<Route>();
    for (const pattern of patterns.length > 0 ? patterns : [null]) {
      const takers = before.filter((earlier) => takes(earlier, pattern));
      const taken = new Set(takers.flatMap((taker) => [...taker.cells]));
      if ([...cells].some((cell) => !taken.has(cell))) return null;
      for (const taker of takers)
        if ([...taker.cells].some((cell) => cells.has(cell))) shadows.add(taker.route);
    }
    return [...shadows];
  });
};
