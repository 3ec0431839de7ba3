import type { Rejections } from '../rejections.js';
import { type AnyValue, anyValueVariants, fromVariant } from './any-value.js';
import { createDecodeBudget, type DecodeBudget } from './decode-budget.js';
import { DecodeError } from './decode-error.js';
import type { Message, NamedField } from './field.js';
import { describeJson, JSON_SCALARS } from './json-scalars.js';
import { parseJson } from './parse-json.js';

type Context = { readonly budget: DecodeBudget; readonly rejections: Rejections };
type Target = Record<string, unknown>;

/**
 * Decodes an OTLP/JSON body: lowerCamelCase names, hex ids, integers for enumerations, 64-bit integers as decimal text
 * or as numbers. Unknown fields are ignored, `null` counts as not sent. An item with a number that does not fit is left
 * out and counted in `rejections`. Throws DecodeError.
 */
export const decodeJson = <Value>(body: Buffer, message: Message<Value>, rejections: Rejections): Value =>
  readMessage({ budget: createDecodeBudget(), rejections }, message, parseJson(body)) as Value;

const readMessage = (context: Context, message: Message, json: unknown): Target => {
  const target = { ...(message.initial as Target) };
  for (const [name, value] of Object.entries(expectObject(json))) {
    const field = message.byName.get(name);
    if (field === undefined || value === null) continue;
    target[name] = below(name, () => readField(context, field, value));
  }
  return target;
};

const readField = (context: Context, field: NamedField, json: unknown): unknown => {
  if (!field.isRepeated) return readOne(context, field, json);
  if (!Array.isArray(json))
    throw new DecodeError('malformed', `expected an array, found ${describeJson(json)}`);
  const values: unknown[] = [];
  for (const [index, element] of json.entries()) {
    below(index, () => readElement(context, field, element, values));
  }
  return values;
};

const readElement = (context: Context, field: NamedField, json: unknown, values: unknown[]): void => {
  try {
    values.push(readOne(context, field, json));
  } catch (error) {
    const isItem = field.message?.isItem === true;
    if (!isItem || !(error instanceof DecodeError) || error.kind !== 'out-of-range') throw error;
    context.rejections.add(error.reason);
  }
};

const readOne = (context: Context, { kind, message, isRepeated }: NamedField, json: unknown): unknown => {
  // Single scalars cost nothing beside the message that they are in.
  if (message !== null || kind === 'anyValue' || isRepeated) context.budget.spend();
  if (message !== null) return readMessage(context, message, json);
  if (kind === 'anyValue') return readAnyValue(context, json);
  if (kind === 'message') throw new TypeError('A message field needs a message');
  return JSON_SCALARS[kind](json);
};

const readAnyValue = (context: Context, json: unknown): AnyValue => {
  context.budget.enter();
  try {
    let last: AnyValue = null;
    for (const [name, value] of Object.entries(expectObject(json))) {
      const variant = anyValueVariants.byName.get(name);
      if (variant === undefined || value === null) continue;
      last = below(name, () => fromVariant(name, readField(context, variant, value)));
    }
    return last;
  } finally {
    // Also on the way out of a rejected item: decoding goes on with the next one.
    context.budget.leave();
  }
};

const expectObject = (json: unknown): object => {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new DecodeError('malformed', `expected an object, found ${describeJson(json)}`);
  }
  return json;
};

/** Runs `read` and adds the step to the path of an error. */
const below = <Value>(step: string | number, read: () => Value): Value => {
  try {
    return read();
  } catch (error) {
    throw error instanceof DecodeError ? error.below(step) : error;
  }
};
