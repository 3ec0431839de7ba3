import type { TableName } from '@signalbox/store';
import type { BufferPool } from '../buffer-pool.js';
import { ByteWriter } from '../byte-writer.js';
import { DecodeError } from '../otlp/decode-error.js';
import type { RowSection } from '../rows/row-section.js';
import type { EncodeLimits } from './encode-limits.js';
import { ItemFault } from './item-fault.js';

const LENGTH_BYTES = 4;
// What stays allocated between requests: so many buffers, none larger.
const KEPT_BUFFERS = 8;
const KEPT_BYTES = 4 * 1024 * 1024;

type Section = { readonly table: TableName; readonly day: number; readonly out: ByteWriter; rows: number };

/** The rows of one request, by table and day. The buffers are used again for the next one. */
export class RowSections {
  readonly #limits: EncodeLimits;
  readonly #free: ByteWriter[] = [];
  #sections: Section[] = [];
  #current: Section | null = null;
  #rowStart = 0;
  #bytes = 0;

  constructor(limits: EncodeLimits) {
    this.#limits = limits;
  }

  /** Begins a row. It is to be closed or cancelled before the next one begins. */
  open(table: TableName, day: number): ByteWriter {
    if (this.#current === null || this.#current.table !== table || this.#current.day !== day) {
      this.#current = this.#find(table, day);
    }
    const { out } = this.#current;
    this.#rowStart = out.pos;
    out.uint32(0);
    return out;
  }

  /**
   * Ends a row.
   * @throws ItemFault for a row that is too large, DecodeError where all rows together are.
   */
  close(): void {
    const section = this.#current as Section;
    const { out } = section;
    const length = out.pos - this.#rowStart - LENGTH_BYTES;
    const { maxRowBytes, maxRequestBytes } = this.#limits;
    if (length > maxRowBytes) throw new ItemFault(`a row is larger than ${maxRowBytes} bytes`);
    out.view.setUint32(this.#rowStart, length, true);
    section.rows += 1;
    this.#rowStart = out.pos;
    this.#bytes += length;
    if (this.#bytes > maxRequestBytes) {
      const reason = `the rows of one request take more than ${maxRequestBytes} bytes: send smaller batches`;
      throw new DecodeError('too-large', reason);
    }
  }

  /** Takes back the row that was begun and not closed, if there is one. */
  cancel(): void {
    if (this.#current !== null) this.#current.out.pos = this.#rowStart;
  }

  /** What was written, in buffers of the pool. */
  take(pool: BufferPool): readonly RowSection[] {
    return this.#sections
      .filter(({ rows }) => rows > 0)
      .map(({ table, day, rows, out }) => ({ table, day, rows, bytes: out.take(pool) }));
  }

  /** Forgets all rows. */
  clear(): void {
    for (const { out } of this.#sections) {
      out.reset(KEPT_BYTES);
      if (this.#free.length < KEPT_BUFFERS) this.#free.push(out);
    }
    this.#sections = [];
    this.#current = null;
    this.#bytes = 0;
  }

  // There are few: the days of the accepted window, and a table for each kind of metric.
  #find(table: TableName, day: number): Section {
    const found = this.#sections.find((section) => section.table === table && section.day === day);
    if (found !== undefined) return found;
    const section = { table, day, out: this.#free.pop() ?? new ByteWriter(), rows: 0 };
    this.#sections.push(section);
    return section;
  }
}
