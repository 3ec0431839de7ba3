import type { Attributes, AttributeValue } from '@opentelemetry/api';

/** The attributes that are known: `null` and `undefined` are left out, so that unknown is absent and never 0. */
export const knownAttributes = (
  values: Readonly<Record<string, AttributeValue | null | undefined>>,
): Attributes => {
  const attributes: Attributes = {};
  for (const name in values) {
    const value = values[name];
    if (value !== null && value !== undefined) attributes[name] = value;
  }
  return attributes;
};

/** A list as an attribute; an empty one is `null`, and so left out. */
export const someOf = (list: readonly string[]): string[] | null => (list.length > 0 ? [...list] : null);
