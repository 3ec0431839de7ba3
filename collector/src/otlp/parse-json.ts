import { DecodeError } from './decode-error.js';
import { MAX_JSON_DEPTH, MAX_JSON_TOKENS } from './limits.js';

/**
 * Parses a JSON body. Integers that a double cannot hold come back as bigint, `__proto__` as an ordinary key. Throws a
 * DecodeError where it is not JSON, nested too deep or has too many elements: both are checked before anything is built.
 */
export const parseJson = (body: Buffer): unknown => {
  checkShape(body);
  const text = new TextDecoder().decode(body);
  try {
    return MAYBE_LONG_INTEGER.test(text) ? JSON.parse(text, keepLongInteger) : JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new DecodeError('malformed', `not JSON: ${error.message}`);
    throw error;
  }
};

// A reviver makes parsing several times slower: only bodies that may need it get it.
const MAYBE_LONG_INTEGER = /[:[,]\s*-?\d{16}/;
const INTEGER = /^-?\d{1,64}$/;

const keepLongInteger = (_key: string, value: unknown, context?: { source?: string }): unknown =>
  typeof value === 'number' &&
  !Number.isSafeInteger(value) &&
  context?.source !== undefined &&
  INTEGER.test(context.source)
    ? BigInt(context.source)
    : value;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

// Works on bytes: in UTF-8 none of these is ever part of another character. `{` is `[` + 32 and `}` is `]` + 32.
const isOpening = (byte: number): boolean => (byte | 0x20) === 0x7b;
const isClosing = (byte: number): boolean => (byte | 0x20) === 0x7d;

const checkShape = (body: Buffer): void => {
  let depth = 0;
  let tokens = 0;
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index] as number;
    if (byte === QUOTE) index = endOfString(body, index);
    else if (isOpening(byte)) {
      depth += 1;
      tokens += 1;
    } else if (isClosing(byte)) depth -= 1;
    else if (byte === COMMA) tokens += 1;
    if (depth > MAX_JSON_DEPTH) {
      throw new DecodeError('malformed', `JSON is nested more than ${MAX_JSON_DEPTH} levels deep`);
    }
    if (tokens > MAX_JSON_TOKENS) {
      throw new DecodeError(
        'too-large',
        `more than ${MAX_JSON_TOKENS} JSON elements in one request: send smaller batches`,
      );
    }
  }
};

/** The index of the closing quote, or of the end of the body. */
const endOfString = (body: Buffer, start: number): number => {
  let index = body.indexOf(QUOTE, start + 1);
  while (index !== -1 && isEscaped(body, index)) index = body.indexOf(QUOTE, index + 1);
  return index === -1 ? body.length : index;
};

const isEscaped = (body: Buffer, quote: number): boolean => {
  let backslashes = 0;
  while (body[quote - 1 - backslashes] === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
};
