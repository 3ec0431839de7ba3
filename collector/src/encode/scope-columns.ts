import { ByteWriter } from '../byte-writer.js';
import { resource, scope } from '../otlp/common.js';
import { numbersOf } from '../otlp/field.js';
import type { EncodeContext } from './encode-context.js';
import { FieldIndex } from './field-index.js';
import { ItemFault } from './item-fault.js';
import type { RangeList } from './range-list.js';

const RESOURCE = numbersOf(resource);
const SCOPE = numbersOf(scope);

/** A range of the body. */
type Range = { readonly start: number; readonly end: number };
const NOWHERE: Range = { start: 0, end: 0 };

/** The columns that all items of one scope share, encoded once for all of them. */
export class ScopeColumns {
  /** Why no item of the scope can be stored: its resource or scope exceeds a limit. `null` when they can. */
  fault: string | null = null;
  readonly #context: EncodeContext;
  readonly #out = new ByteWriter();
  readonly #resource: FieldIndex;
  readonly #scope: FieldIndex;
  #serviceName: Range = NOWHERE;

  constructor(context: EncodeContext) {
    this.#context = context;
    this.#resource = new FieldIndex(context.wire, resource, context.limits);
    this.#scope = new FieldIndex(context.wire, scope, context.limits);
  }

  /** Reads the resource of the scopes that follow. */
  readResource(parts: RangeList): void {
    this.#resource.scanAll(parts);
    const list = this.#resource.list(RESOURCE.attributes);
    this.#serviceName = this.#context.attributes.find(list, 'service.name') ?? NOWHERE;
  }

  /** Reads a scope and encodes the columns of its items. The schema URLs are left out where `null`. */
  readScope(parts: RangeList, resourceSchemaUrl: Range | null, scopeSchemaUrl: Range | null): void {
    this.#scope.scanAll(parts);
    this.#out.reset(this.#context.limits.maxRowBytes);
    this.fault = this.#limitFault();
    if (this.fault !== null) return;
    try {
      this.#encode(resourceSchemaUrl, scopeSchemaUrl);
    } catch (error) {
      if (!(error instanceof ItemFault)) throw error;
      this.fault = error.message;
    }
  }

  /** Adds the columns to a row. */
  write(out: ByteWriter): void {
    out.copy(this.#out.bytes, 0, this.#out.pos);
  }

  /** The number of attributes that the scope says it dropped. */
  get droppedAttributesCount(): number {
    return this.#scope.int32(SCOPE.droppedAttributesCount) >>> 0;
  }

  #limitFault(): string | null {
    const { attributes } = this.#context;
    const ofResource = attributes.fault(this.#resource.list(RESOURCE.attributes));
    if (ofResource !== null) return `its resource has ${ofResource}`;
    const ofScope = attributes.fault(this.#scope.list(SCOPE.attributes));
    return ofScope === null ? null : `its scope has ${ofScope}`;
  }

  #encode(resourceSchemaUrl: Range | null, scopeSchemaUrl: Range | null): void {
    const { text, values, attributes, time } = this.#context;
    const out = this.#out;
    time.writeReceivedAt(out);
    values.write(out, this.#serviceName.start, this.#serviceName.end);
    if (resourceSchemaUrl !== null) text.write(out, resourceSchemaUrl.start, resourceSchemaUrl.end);
    attributes.writeWithTenant(out, this.#resource.list(RESOURCE.attributes));
    if (scopeSchemaUrl !== null) text.write(out, scopeSchemaUrl.start, scopeSchemaUrl.end);
    text.write(out, this.#scope.start(SCOPE.name), this.#scope.end(SCOPE.name));
    text.write(out, this.#scope.start(SCOPE.version), this.#scope.end(SCOPE.version));
    if (scopeSchemaUrl !== null) attributes.write(out, this.#scope.list(SCOPE.attributes));
  }
}
