import { isRecord } from '../config/is-record.js';
import type { PolicyChange } from './diff-policies.js';

const NANO_PER_USD = 1_000_000_000;
const LONGEST_VALUE = 100;

/** Money in USD, what is not set in words, and everything else as JSON, cut where it is long. */
const describeValue = (path: string, value: unknown): string => {
  if (isUnset(value)) return 'not set';
  if (typeof value === 'number' && /\bprice\.\w+$/.test(path))
    return `${value / NANO_PER_USD} USD per 1M tokens`;
  if (typeof value === 'number' && path.endsWith('NanoUsd')) return `${value / NANO_PER_USD} USD`;
  if (!isRecord(value)) return cut(JSON.stringify(value));
  return cut(describeFields(path, value));
};

// The path has the names of what was added or removed.
const IN_PATH: ReadonlySet<string> = new Set(['id', 'name', 'provider', 'model']);

const describeFields = (path: string, fields: Record<string, unknown>): string => {
  const texts = Object.entries(fields)
    .filter(([name, value]) => !IN_PATH.has(name) && !isUnset(value))
    .map(([name, value]) => `${name} ${describeValue(`${path}.${name}`, value)}`);
  return texts.length === 0 ? 'with defaults' : texts.join(', ');
};

const isUnset = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (Array.isArray(value) && value.length === 0) ||
  (isRecord(value) && Object.values(value).every(isUnset));

const cut = (text: string): string =>
  text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;

const describeChange = (change: PolicyChange): string => {
  const { path } = change;
  if (!('before' in change)) return `+ ${path}: ${describeValue(path, change.after)}`;
  if (!('after' in change)) return `- ${path}: ${describeValue(path, change.before)}`;
  return `~ ${path}: ${describeValue(path, change.before)} -> ${describeValue(path, change.after)}`;
};

/** The differences of two policies for people: `+` added, `-` removed, `~` changed, one line each. */
export const describeDiff = (changes: readonly PolicyChange[]): string =>
  changes.length === 0 ? 'The policies are the same.' : changes.map(describeChange).join('\n');
