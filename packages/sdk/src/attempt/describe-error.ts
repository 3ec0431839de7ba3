import { APICallError, JSONParseError, TypeValidationError } from '@ai-sdk/provider';

/** What can be read off an error of any shape. `names` joins its vendor codes and types; empty if it has none. */
export type ErrorDescription = { status: number | null; names: string; message: string };

/** Provider messages go into events and into other errors: one line of them is enough. */
const MAX_MESSAGE_LENGTH = 300;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The vendor's error object: OpenAI and Google put it under `error`, Anthropic too, beside a `type`. */
const vendorError = (value: unknown): Record<string, unknown> => {
  if (!isRecord(value)) return {};
  return isRecord(value.error) ? value.error : value;
};

const namesOf = (vendor: Record<string, unknown>): string =>
  ['code', 'type', 'status']
    .flatMap((key) => (typeof vendor[key] === 'string' ? [vendor[key]] : []))
    .join(' ');

const firstLine = (text: string): string => {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.length > MAX_MESSAGE_LENGTH ? `${line.slice(0, MAX_MESSAGE_LENGTH - 1)}…` : line;
};

const messageOf = (error: unknown): string => {
  // The messages of these two quote the answer, which must not get into telemetry.
  if (TypeValidationError.isInstance(error) || JSONParseError.isInstance(error)) {
    return `The answer could not be understood (${error.name}).`;
  }
  if (typeof error === 'string') return firstLine(error);
  const message = error instanceof Error ? error.message : vendorError(error).message;
  return typeof message === 'string' && message.trim() !== '' ? firstLine(message) : 'No message was given.';
};

/** Reads status, vendor names and message from what a provider threw or sent as an `error` part. */
export const describeError = (error: unknown): ErrorDescription => {
  const message = messageOf(error);
  if (APICallError.isInstance(error)) {
    return { status: error.statusCode ?? null, names: namesOf(vendorError(error.data)), message };
  }
  if (error instanceof Error) return { status: null, names: '', message };
  return { status: null, names: namesOf(vendorError(error)), message };
};
