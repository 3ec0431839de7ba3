import { ERROR_CODES, type ErrorCode, SignalboxError } from '@signalbox/spec';

type Told = { code?: unknown; message?: unknown };

const errorIn = (line: string): Told | null => {
  try {
    const value: unknown = JSON.parse(line);
    return (value as { error?: Told } | null)?.error ?? null;
  } catch {
    return null; // a line for people
  }
};

/**
 * Returns the error of a `signalbox` command that ended before it was ready. A command run with `--json` ends with one
 * line `{"error":{code,message}}` on its standard error: that error, with its code. Otherwise the last `lines` as text.
 */
export const toServiceError = (
  name: string,
  lines: readonly string[],
  [code, signal]: [code: number | null, signal: NodeJS.Signals | null],
): Error => {
  for (const line of lines) {
    const told = errorIn(line);
    if (typeof told?.message !== 'string') continue;
    if (typeof told.code !== 'string') return new Error(told.message);
    if (told.code in ERROR_CODES) return new SignalboxError(told.code as ErrorCode, told.message);
    // Of a package with codes of its own; the exit code of the program goes by the code.
    return Object.assign(new Error(told.message), { code: told.code });
  }
  const how = signal ?? `code ${code}`;
  return new Error(`The ${name} ended with ${how} before it was ready:\n${lines.join('\n')}`);
};
