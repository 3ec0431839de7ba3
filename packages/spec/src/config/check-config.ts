import type { z } from 'zod';
import { ConfigInvalidError, type ConfigIssue } from '../errors/config-invalid-error.js';

const formatPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`,
    '',
  );

// A union fails as one issue whose branches hold the real reasons: report the branch that came closest.
const flatten = (issue: z.core.$ZodIssue, prefix: readonly PropertyKey[]): ConfigIssue[] => {
  const path = [...prefix, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const deepest = issue.errors.reduce((best, branch) => (depth(branch) > depth(best) ? branch : best));
    return deepest.flatMap((inner) => flatten(inner, path));
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: formatPath([...path, key]), message: 'is not a known field' }));
  }
  return [{ path: formatPath(path), message: issue.message }];
};

const depth = (issues: readonly z.core.$ZodIssue[]): number =>
  Math.max(0, ...issues.map(({ path }) => path.length));

/** The input as the schema's output. Throws `ConfigInvalidError` with every bad field; `source` names the input. */
export const checkConfig = <Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  source: string,
): z.output<Schema> => {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new ConfigInvalidError({
    source,
    issues: result.error.issues.flatMap((issue) => flatten(issue, [])),
  });
};
