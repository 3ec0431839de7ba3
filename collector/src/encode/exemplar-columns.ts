import type { ByteWriter } from '../byte-writer.js';
import { numbersOf } from '../otlp/field.js';
import { exemplar } from '../otlp/metrics.js';
import type { EncodeContext } from './encode-context.js';
import { FieldIndex } from './field-index.js';
import { SPAN_ID_BYTES, TRACE_ID_BYTES, writeId } from './ids.js';
import type { RangeList } from './range-list.js';
import { secondsOf, timeFault } from './unix-time.js';

const EXEMPLAR = numbersOf(exemplar);
const SPAN_ID = { name: 'exemplars.spanId', number: EXEMPLAR.spanId, size: SPAN_ID_BYTES };
const TRACE_ID = { name: 'exemplars.traceId', number: EXEMPLAR.traceId, size: TRACE_ID_BYTES };

/** Writes the exemplars of a data point as parallel arrays. One without a value has NaN: unknown is never 0. */
export class ExemplarColumns {
  readonly #context: EncodeContext;
  readonly #exemplar: FieldIndex;

  constructor(context: EncodeContext) {
    this.#context = context;
    this.#exemplar = new FieldIndex(context.wire, exemplar, context.limits);
  }

  /** What is wrong with the exemplars of a data point; `null` when nothing is. */
  fault(exemplars: RangeList): string | null {
    const { attributes, limits } = this.#context;
    if (exemplars.isFull) return `more than ${limits.maxEvents} exemplars`;
    for (let index = 0; index < exemplars.count; index += 1) {
      const seconds = this.#secondsOf(this.#read(exemplars, index));
      const fault =
        timeFault('exemplars.timeUnixNano', seconds) ??
        attributes.fault(this.#exemplar.list(EXEMPLAR.filteredAttributes));
      if (fault !== null) return fault;
    }
    return null;
  }

  write(out: ByteWriter, exemplars: RangeList): void {
    const { attributes } = this.#context;
    const { count } = exemplars;
    out.length(count);
    for (let index = 0; index < count; index += 1) {
      attributes.write(out, this.#read(exemplars, index).list(EXEMPLAR.filteredAttributes));
    }
    out.length(count);
    for (let index = 0; index < count; index += 1) {
      out.uint32(this.#secondsOf(this.#read(exemplars, index)));
    }
    out.length(count);
    for (let index = 0; index < count; index += 1) {
      out.float64(numberOf(this.#read(exemplars, index), EXEMPLAR, Number.NaN));
    }
    out.length(count);
    for (let index = 0; index < count; index += 1) writeId(out, this.#read(exemplars, index), SPAN_ID);
    out.length(count);
    for (let index = 0; index < count; index += 1) writeId(out, this.#read(exemplars, index), TRACE_ID);
  }

  #secondsOf(exemplar: FieldIndex): number {
    const { wire } = this.#context;
    exemplar.fixed64(EXEMPLAR.timeUnixNano);
    return secondsOf(wire.low, wire.high);
  }

  #read(exemplars: RangeList, index: number): FieldIndex {
    this.#exemplar.scan(exemplars.start(index), exemplars.end(index));
    return this.#exemplar;
  }
}

/** The number of an exemplar or a point: integer before double. Integers become doubles, exact to 2^53. */
export const numberOf = (
  fields: FieldIndex,
  { asInt, asDouble }: { readonly asInt: number; readonly asDouble: number },
  otherwise: number,
): number => (fields.has(asInt) ? fields.int64(asInt) : fields.double(asDouble, otherwise));
