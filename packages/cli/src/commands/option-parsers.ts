import { CAPABILITIES, type Capability } from '@signalbox/spec';
import { InvalidArgumentError } from 'commander';

const numberOption =
  (what: string, isValid: (value: number) => boolean) =>
  (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!isValid(value)) throw new InvalidArgumentError(`It must be ${what}.`);
    return value;
  };

/** A TCP port; 0 takes a free one. */
export const parsePort = numberOption(
  'a port from 0 to 65535',
  (n) => Number.isInteger(n) && n >= 0 && n <= 65_535,
);

/** A whole number from 1. */
export const parseCount = numberOption('a whole number from 1', (n) => Number.isSafeInteger(n) && n >= 1);

/** A whole number from 0, such as a seed. */
export const parseSeed = numberOption('a whole number from 0', (n) => Number.isSafeInteger(n) && n >= 0);

/** A factor above 0. */
export const parseSpeed = numberOption('a number above 0', (n) => Number.isFinite(n) && n > 0);

const DURATION = /^(?:([\d.]+)h)?(?:([\d.]+)m)?(?:([\d.]+)s)?(?:([\d.]+)ms)?$/;
const UNIT_MS = [3_600_000, 60_000, 1000, 1];

/** A duration such as `500ms`, `30s`, `1m30s` or `1.5h`, in milliseconds. */
export const parseDuration = (text: string): number => {
  const [, ...parts] = DURATION.exec(text.trim()) ?? [];
  const ms = parts.reduce((sum, part, unit) => sum + Number(part ?? 0) * (UNIT_MS[unit] ?? 0), 0);
  if (!(ms > 0)) throw new InvalidArgumentError('It must be a duration such as 500ms, 30s, 1m30s or 1h.');
  return ms;
};

/** Adds `key=value` to the pairs that were given before. */
export const addPair = (text: string, pairs: Readonly<Record<string, string>>): Record<string, string> => {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('It must be a key and a value, such as tier=gold.');
  return { ...pairs, [text.slice(0, equals)]: text.slice(equals + 1) };
};

/** Capabilities with commas between them, such as `tools,json`. */
export const parseCapabilities = (text: string): Capability[] =>
  text.split(',').map((name) => {
    const known = CAPABILITIES.find((capability) => capability === name.trim());
    if (!known)
      throw new InvalidArgumentError(`It must be of ${CAPABILITIES.join(', ')}, with commas between.`);
    return known;
  });
