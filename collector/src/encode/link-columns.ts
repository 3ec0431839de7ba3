import type { ByteWriter } from '../byte-writer.js';
import { numbersOf } from '../otlp/field.js';
import { link } from '../otlp/traces.js';
import type { EncodeContext } from './encode-context.js';
import { FieldIndex } from './field-index.js';
import { optionalIdFault, SPAN_ID_BYTES, TRACE_ID_BYTES, writeId } from './ids.js';
import type { RangeList } from './range-list.js';

const LINK = numbersOf(link);
const TRACE_ID = { name: 'links.traceId', number: LINK.traceId, size: TRACE_ID_BYTES };
const SPAN_ID = { name: 'links.spanId', number: LINK.spanId, size: SPAN_ID_BYTES };

/** Writes the links of a span as parallel arrays. */
export class LinkColumns {
  readonly #context: EncodeContext;
  readonly #link: FieldIndex;

  constructor(context: EncodeContext) {
    this.#context = context;
    this.#link = new FieldIndex(context.wire, link, context.limits);
  }

  /** What is wrong with the links of a span; `null` when nothing is. */
  fault(links: RangeList): string | null {
    const { attributes, limits } = this.#context;
    if (links.isFull) return `more than ${limits.maxEvents} links`;
    for (let index = 0; index < links.count; index += 1) {
      const link = this.#read(links, index);
      const fault =
        optionalIdFault(link, TRACE_ID) ??
        optionalIdFault(link, SPAN_ID) ??
        attributes.fault(link.list(LINK.attributes));
      if (fault !== null) return fault;
    }
    return null;
  }

  write(out: ByteWriter, links: RangeList): void {
    const { text, attributes } = this.#context;
    const { count } = links;
    out.length(count);
    for (let index = 0; index < count; index += 1) writeId(out, this.#read(links, index), TRACE_ID);
    out.length(count);
    for (let index = 0; index < count; index += 1) writeId(out, this.#read(links, index), SPAN_ID);
    out.length(count);
    for (let index = 0; index < count; index += 1) {
      const link = this.#read(links, index);
      text.write(out, link.start(LINK.traceState), link.end(LINK.traceState));
    }
    out.length(count);
    for (let index = 0; index < count; index += 1) {
      attributes.write(out, this.#read(links, index).list(LINK.attributes));
    }
  }

  #read(links: RangeList, index: number): FieldIndex {
    this.#link.scan(links.start(index), links.end(index));
    return this.#link;
  }
}
