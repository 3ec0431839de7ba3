import type { z } from 'zod';

/** How much of a bad value is quoted. */
const MAX_QUOTED = 60;

/**
 * Returns one line per problem: the path of the field, the value it has, and what is allowed.
 * Parse with `reportInput: true`, else the value is called absent.
 */
export function describeIssues(error: z.ZodError, root: string): string {
  return error.issues.map((issue) => describeIssue(issue, root)).join('\n');
}

function describeIssue(issue: z.core.$ZodIssue, root: string): string {
  const path = toPath(issue.path) || root;
  if (issue.code === 'unrecognized_keys') return `${path}: ${issue.message}`;
  // The discriminator's issue carries the whole object as its input; the field itself is what people wrote.
  const value =
    issue.code === 'invalid_union' && issue.discriminator !== undefined
      ? (issue.input as Record<string, unknown>)[issue.discriminator]
      : issue.input;
  const allowed =
    issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options)
      ? `Allowed: ${issue.options.join(', ')}.`
      : issue.message;
  return value === undefined ? `${path} is missing. ${allowed}` : `${path} is ${quote(value)}. ${allowed}`;
}

function toPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

function quote(value: unknown): string {
  // JSON has no NaN: it would be quoted as null.
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}...` : text;
}
