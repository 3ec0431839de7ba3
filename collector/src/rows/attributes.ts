import type { Attributes } from '@signalbox/store';
import type { KeyValue } from '../otlp/any-value.js';
import { toAttributeText } from './attribute-text.js';

/**
 * Attributes as stored. The result has no prototype, so that a key such as `__proto__` is a key like any other. Of two
 * equal keys the last one counts.
 */
export const toAttributes = (list: readonly KeyValue[]): Attributes => {
  const attributes: Record<string, string> = Object.create(null);
  for (const { key, value } of list) attributes[key] = toAttributeText(value);
  return attributes;
};

/** `service.name` of a resource; '' where it has none. */
export const serviceNameOf = (resource: Attributes): string => resource['service.name'] ?? '';
