import { keyValue } from './any-value.js';
import { message, repeated, string, uint32 } from './field.js';

// Field numbers and meaning: opentelemetry-proto v1.11.0, common.proto and resource.proto. What the tables have no
// column for is left out: the decoders skip it as they skip fields of the future.
/** What produced the telemetry. */
export const resource = message({ attributes: repeated(1, keyValue) });

/** The library that produced it. */
export const scope = message({
  name: string(1),
  version: string(2),
  attributes: repeated(3, keyValue),
  droppedAttributesCount: uint32(4),
});
