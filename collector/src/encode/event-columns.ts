import type { ByteWriter } from '../byte-writer.js';
import { numbersOf } from '../otlp/field.js';
import { event } from '../otlp/traces.js';
import type { EncodeContext } from './encode-context.js';
import { FieldIndex } from './field-index.js';
import type { RangeList } from './range-list.js';
import { secondsOf, timeFault } from './unix-time.js';

const EVENT = numbersOf(event);

/** Writes the events of a span as parallel arrays. Events are few: each is read once for every column. */
export class EventColumns {
  readonly #context: EncodeContext;
  readonly #event: FieldIndex;

  constructor(context: EncodeContext) {
    this.#context = context;
    this.#event = new FieldIndex(context.wire, event, context.limits);
  }

  /** What is wrong with the events of a span; `null` when nothing is. */
  fault(events: RangeList): string | null {
    const { wire, attributes, limits } = this.#context;
    if (events.isFull) return `more than ${limits.maxEvents} events`;
    for (let index = 0; index < events.count; index += 1) {
      const event = this.#read(events, index);
      event.fixed64(EVENT.timeUnixNano);
      const fault =
        timeFault('events.timeUnixNano', secondsOf(wire.low, wire.high)) ??
        attributes.fault(event.list(EVENT.attributes));
      if (fault !== null) return fault;
    }
    return null;
  }

  write(out: ByteWriter, events: RangeList): void {
    const { wire, text, attributes } = this.#context;
    const { count } = events;
    out.length(count);
    for (let index = 0; index < count; index += 1) {
      this.#read(events, index).fixed64(EVENT.timeUnixNano);
      out.uint64(wire.low, wire.high);
    }
    out.length(count);
    for (let index = 0; index < count; index += 1) {
      const event = this.#read(events, index);
      text.write(out, event.start(EVENT.name), event.end(EVENT.name));
    }
    out.length(count);
    for (let index = 0; index < count; index += 1) {
      attributes.write(out, this.#read(events, index).list(EVENT.attributes));
    }
  }

  #read(events: RangeList, index: number): FieldIndex {
    this.#event.scan(events.start(index), events.end(index));
    return this.#event;
  }
}
