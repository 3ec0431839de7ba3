import type { Attributes, AttributeValue } from '@opentelemetry/api';

/** The attributes that are known: `null` and `undefined` are left out, so that unknown is absent and never 0. */
export const knownAttributes = (
  values: Readonly<Record<string, AttributeValue | null | undefined>>,
): Attributes => {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined) attributes[name] = value;
  }
  return attributes;
};
