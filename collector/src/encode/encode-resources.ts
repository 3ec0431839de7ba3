import type { Message } from '../otlp/field.js';
import type { EncodeContext } from './encode-context.js';
import { FieldIndex } from './field-index.js';
import type { RangeList } from './range-list.js';
import type { ScopeColumns } from './scope-columns.js';

// The requests of all signals have one layout: resources, in each of them scopes, in each of those items.
const RESOURCES = 1;
const RESOURCE = 1;
const SCOPES = 2;
const SCOPE = 1;
const ITEMS = 2;
const SCHEMA_URL = 3;

/** Encodes a request whose body the context holds: finds its scopes and hands over the items of each. */
export type EncodeResources = () => void;

/** Prepares a walk over requests of one signal. `encodeItems` finds the columns of their scope in `scopeColumns`. */
export const createEncodeResources = ({
  context,
  message,
  scopeColumns,
  encodeItems,
}: {
  context: EncodeContext;
  message: Message;
  scopeColumns: ScopeColumns;
  encodeItems: (items: RangeList) => void;
}): EncodeResources => {
  const { wire, limits } = context;
  const resourceMessage = nestedIn(message, RESOURCES);
  const scopeMessage = nestedIn(resourceMessage, SCOPES);
  const hasSchemaUrls = scopeMessage.byNumber.has(SCHEMA_URL);
  const request = new FieldIndex(wire, message, limits);
  const resource = new FieldIndex(wire, resourceMessage, limits);
  const scope = new FieldIndex(wire, scopeMessage, limits);

  const schemaUrlOf = (fields: FieldIndex) =>
    hasSchemaUrls ? { start: fields.start(SCHEMA_URL), end: fields.end(SCHEMA_URL) } : null;

  const encodeScope = (start: number, end: number): void => {
    scope.scan(start, end);
    const items = scope.list(ITEMS);
    if (items.count === 0) return;
    scopeColumns.readScope(scope.list(SCOPE), schemaUrlOf(resource), schemaUrlOf(scope));
    encodeItems(items);
  };

  const encodeResource = (start: number, end: number): void => {
    resource.scan(start, end);
    const scopes = resource.list(SCOPES);
    if (scopes.isFull) context.countItems(Number.POSITIVE_INFINITY);
    scopeColumns.readResource(resource.list(RESOURCE));
    for (let index = 0; index < scopes.count; index += 1) encodeScope(scopes.start(index), scopes.end(index));
  };

  return () => {
    request.scan(0, wire.bytes.length);
    const resources = request.list(RESOURCES);
    if (resources.isFull) context.countItems(Number.POSITIVE_INFINITY);
    for (let index = 0; index < resources.count; index += 1) {
      encodeResource(resources.start(index), resources.end(index));
    }
  };
};

const nestedIn = (message: Message, number: number): Message => {
  const nested = message.byNumber.get(number)?.message;
  if (nested === null || nested === undefined) throw new TypeError(`Field ${number} holds no message.`);
  return nested;
};
