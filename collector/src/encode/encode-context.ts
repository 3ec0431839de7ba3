import { DecodeError } from '../otlp/decode-error.js';
import type { Rejections } from '../rejections.js';
import { AttributeWriter } from './attribute-writer.js';
import type { EncodeLimits } from './encode-limits.js';
import { ItemFault } from './item-fault.js';
import { ItemTime } from './item-time.js';
import type { RangeList } from './range-list.js';
import { RowSections } from './row-sections.js';
import { TextWriter } from './text-writer.js';
import { ValueWriter } from './value-writer.js';
import { WireReader } from './wire-reader.js';

const NO_BYTES = Buffer.alloc(0);

/** Writes the row of one item, which lies in a range of the body. */
export interface ItemEncoder {
  /** Returns why the item cannot be stored, having written nothing; `null` when it is written. */
  encode(start: number, end: number): string | null;
}

type BeginOptions = {
  readonly body: Uint8Array;
  readonly receivedAtMs: number;
  readonly tenant: string | null;
  readonly rejections: Rejections;
};

/** What the encoders of all signals share: the body, the rows, and the writers of text and attributes between them. */
export class EncodeContext {
  readonly wire = new WireReader();
  readonly text: TextWriter;
  readonly values: ValueWriter;
  readonly attributes: AttributeWriter;
  readonly time: ItemTime;
  readonly sections: RowSections;
  readonly limits: EncodeLimits;
  #items = 0;
  #rejections: Rejections | null = null;

  constructor(limits: EncodeLimits, redactedKeys: ReadonlySet<string>) {
    const { wire } = this;
    this.limits = limits;
    this.text = new TextWriter(wire, limits);
    this.values = new ValueWriter(wire, this.text, { limits, redactedKeys });
    this.attributes = new AttributeWriter({
      wire,
      text: this.text,
      values: this.values,
      limits,
      redactedKeys,
    });
    this.time = new ItemTime(limits);
    this.sections = new RowSections(limits);
  }

  /** Begins a request. */
  begin({ body, receivedAtMs, tenant, rejections }: BeginOptions): void {
    this.wire.reset(body);
    this.time.receivedAt(receivedAtMs);
    this.attributes.setTenant(tenant);
    this.#items = 0;
    this.#rejections = rejections;
  }

  /** Ends a request: lets go of its body and of its rows. */
  end(): void {
    this.wire.reset(NO_BYTES);
    this.sections.clear();
    this.#rejections = null;
  }

  /** Counts so many items. Throws a `too-large` DecodeError at the limit. */
  countItems(count: number): void {
    this.#items += count;
    if (this.#items > this.limits.maxItems) {
      const reason = `more than ${this.limits.maxItems} items in one request: send smaller batches`;
      throw new DecodeError('too-large', reason);
    }
  }

  /** Encodes items one by one; one that cannot be stored is rejected alone. */
  encodeItems(items: RangeList, encoder: ItemEncoder): void {
    if (items.isFull) this.countItems(Number.POSITIVE_INFINITY);
    this.countItems(items.count);
    for (let index = 0; index < items.count; index += 1) {
      const fault = this.#encodeItem(encoder, items.start(index), items.end(index));
      if (fault !== null) this.reject(fault);
    }
  }

  /** Counts an item that is left out, with the reason that the sender is told. */
  reject(reason: string): void {
    this.#rejections?.add(reason);
  }

  #encodeItem(encoder: ItemEncoder, start: number, end: number): string | null {
    try {
      return encoder.encode(start, end);
    } catch (error) {
      if (!(error instanceof ItemFault)) throw error;
      this.sections.cancel();
      return error.message;
    }
  }
}
