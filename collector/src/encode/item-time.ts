import type { ByteWriter } from '../byte-writer.js';
import type { EncodeLimits } from './encode-limits.js';
import { dayOf, END_OF_TIME_SECONDS, secondsOf } from './unix-time.js';

const NANOS_PER_MS = 1_000_000n;

/** The attribute of an item that was given the time of its arrival: the time that it was sent with, Unix nanoseconds. */
const SENT_TIME_ATTRIBUTE = 'signalbox.sent_time';

/**
 * The time under which an item is stored. A partition is a day, and an insert must not make a hundred of them: an item
 * whose time is far from now gets the time of its arrival, and an attribute that tells its own.
 */
export class ItemTime {
  /** The time in Unix nanoseconds, as two unsigned halves. */
  low = 0;
  high = 0;
  /** Its whole seconds. */
  seconds = 0;
  /** Whether the time is not the one that was sent. */
  isMoved = false;
  readonly #limits: EncodeLimits;
  #receivedMs = 0n;
  #receivedLow = 0;
  #receivedHigh = 0;
  #earliest = 0;
  #latest = 0;
  #sentLow = 0;
  #sentHigh = 0;

  constructor(limits: EncodeLimits) {
    this.#limits = limits;
  }

  /** Begins a request. */
  receivedAt(epochMs: number): void {
    const nanos = BigInt(epochMs) * NANOS_PER_MS;
    this.#receivedMs = BigInt(epochMs);
    this.#receivedLow = Number(nanos & 0xffff_ffffn);
    this.#receivedHigh = Number(nanos >> 32n);
    this.#earliest = Math.floor((epochMs - this.#limits.maxAgeMs) / 1000);
    const latest = Math.floor((epochMs + this.#limits.maxAheadMs) / 1000);
    this.#latest = Math.min(latest, END_OF_TIME_SECONDS - 1);
  }

  /** Takes the time of an item; 0 is unknown, for which the time of arrival stands without a note. */
  place(low: number, high: number): void {
    const isKnown = low !== 0 || high !== 0;
    const seconds = secondsOf(low, high);
    this.isMoved = isKnown && (seconds < this.#earliest || seconds > this.#latest);
    this.#sentLow = low;
    this.#sentHigh = high;
    const isOwn = isKnown && !this.isMoved;
    this.low = isOwn ? low : this.#receivedLow;
    this.high = isOwn ? high : this.#receivedHigh;
    this.seconds = isOwn ? seconds : secondsOf(this.low, this.high);
  }

  /** Days since 1970-01-01 UTC. */
  get day(): number {
    return dayOf(this.seconds);
  }

  /** Writes the time as DateTime64(9). */
  write(out: ByteWriter): void {
    out.uint64(this.low, this.high);
  }

  /** Writes the time of arrival as DateTime64(3). */
  writeReceivedAt(out: ByteWriter): void {
    out.uint64(Number(this.#receivedMs & 0xffff_ffffn), Number(this.#receivedMs >> 32n));
  }

  /** How many attributes `writeNote` adds. */
  get notes(): number {
    return this.isMoved ? 1 : 0;
  }

  /** Writes the attribute that tells the time that was sent, where another one is stored. */
  writeNote(out: ByteWriter): void {
    if (!this.isMoved) return;
    out.text(SENT_TIME_ATTRIBUTE);
    out.text(String((BigInt(this.#sentHigh) << 32n) | BigInt(this.#sentLow)));
  }
}
