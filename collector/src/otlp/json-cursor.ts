import { DecodeError } from './decode-error.js';
import { MAX_JSON_DEPTH } from './limits.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const BRACKET_OPEN = 0x5b;
const BRACE_OPEN = 0x7b;
const FIRST_PRINTABLE = 0x20;

const MAX_SHOWN = 40;

/** A number in the grammar of JSON, which is narrower than that of JavaScript. */
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const NUMBER_CHARACTERS = new Set(Buffer.from('0123456789+-.eE'));
const ESCAPED = new Set(Buffer.from('"\\/bfnrt'));

/**
 * A cursor over a JSON body: takes exactly what RFC 8259 allows and makes no objects. Methods throw DecodeError. Works on
 * bytes: in UTF-8 no character of the grammar is ever part of another one.
 */
export class JsonCursor {
  bytes: Buffer = Buffer.alloc(0);
  pos = 0;
  /** The text or number read last, without its quotes; its end is exclusive. */
  start = 0;
  end = 0;
  /** Whether the text read last has escapes, so that its bytes are not yet its characters. */
  isEscaped = false;

  /** Starts over with another body. A leading byte order mark is passed over. */
  reset(bytes: Buffer): void {
    this.bytes = bytes;
    const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    this.pos = hasMark ? 3 : 0;
  }

  /** The first byte of what comes next; NaN at the end. */
  peek(): number {
    let byte = this.bytes[this.pos];
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      this.pos += 1;
      byte = this.bytes[this.pos];
    }
    return byte ?? Number.NaN;
  }

  /** Passes over a byte where it comes next. */
  take(byte: number): boolean {
    if (this.peek() !== byte) return false;
    this.pos += 1;
    return true;
  }

  /** Begins an object or an array; false where it is empty, which ends it as well. */
  open(opening: number): boolean {
    this.#expect(opening);
    return !this.take(opening + 2);
  }

  /** Goes on to the next entry of an object or an array; false at its end. */
  next(opening: number): boolean {
    if (this.take(COMMA)) return true;
    this.#expect(opening + 2);
    return false;
  }

  /** Reads the key of an entry. */
  key(): void {
    if (this.peek() !== QUOTE) throw this.unexpected();
    this.string();
    this.#expect(COLON);
  }

  /** Reads a text into `start` and `end`. */
  string(): void {
    this.#expect(QUOTE);
    const { bytes } = this;
    let at = this.pos;
    this.start = at;
    this.isEscaped = false;
    for (let byte = bytes[at]; byte !== QUOTE; byte = bytes[at]) {
      if (byte === undefined || byte < FIRST_PRINTABLE) {
        this.pos = at;
        throw this.unexpected();
      }
      at += byte === BACKSLASH ? this.#escapeLength(at) : 1;
    }
    this.end = at;
    this.pos = at + 1;
  }

  /** The text read last. What is not Unicode is U+FFFD. */
  text(): string {
    if (!this.isEscaped) return this.bytes.toString('utf8', this.start, this.end);
    return (JSON.parse(this.bytes.toString('utf8', this.start - 1, this.end + 1)) as string).toWellFormed();
  }

  /** Reads a number; returns its characters. */
  number(): string {
    this.peek();
    let end = this.pos;
    while (NUMBER_CHARACTERS.has(this.bytes[end] ?? 0)) end += 1;
    const characters = this.bytes.toString('latin1', this.pos, end);
    NUMBER.lastIndex = 0;
    if (NUMBER.exec(characters)?.[0].length !== characters.length) throw this.unexpected();
    this.pos = end;
    return characters;
  }

  /** Reads `true`, `false` or `null` where it comes next. */
  literal(word: 'true' | 'false' | 'null'): boolean {
    this.peek();
    for (let index = 0; index < word.length; index += 1) {
      if (this.bytes[this.pos + index] !== word.charCodeAt(index)) return false;
    }
    this.pos += word.length;
    return true;
  }

  /** Passes over any value. */
  skip(): void {
    const open: number[] = [];
    do {
      const byte = this.peek();
      if (byte === BRACE_OPEN || byte === BRACKET_OPEN) {
        if (this.open(byte)) {
          open.push(byte);
          if (open.length > MAX_JSON_DEPTH) {
            throw new DecodeError('malformed', `JSON is nested more than ${MAX_JSON_DEPTH} levels deep`);
          }
          if (byte === BRACE_OPEN) this.key();
          continue;
        }
      } else this.#skipScalar(byte);
      while (open.length > 0 && !this.next(open.at(-1) as number)) open.pop();
      if (open.at(-1) === BRACE_OPEN) this.key();
    } while (open.length > 0);
  }

  /** Throws where anything follows the body. */
  expectEnd(): void {
    if (!Number.isNaN(this.peek())) throw this.unexpected();
  }

  /** Names the value that comes next in an error, cut to a readable length. Does not move. */
  describe(): string {
    const byte = this.peek();
    if (byte === BRACKET_OPEN) return 'an array';
    if (byte === BRACE_OPEN) return 'an object';
    const before = this.pos;
    this.skip();
    const text = this.bytes.toString('utf8', before, Math.min(this.pos, before + MAX_SHOWN));
    this.pos = before;
    return text;
  }

  /** The error of a body that is not JSON. */
  unexpected(): DecodeError {
    const byte = this.bytes[this.pos];
    const found = byte === undefined ? 'the end' : JSON.stringify(String.fromCharCode(byte));
    return new DecodeError('malformed', `not JSON: ${found} is unexpected at byte ${this.pos}`);
  }

  #expect(byte: number): void {
    if (!this.take(byte)) throw this.unexpected();
  }

  #escapeLength(at: number): number {
    this.isEscaped = true;
    const escaped = this.bytes[at + 1] ?? 0;
    if (ESCAPED.has(escaped)) return 2;
    const isUnicode =
      escaped === 0x75 && /^[0-9a-fA-F]{4}$/.test(this.bytes.toString('latin1', at + 2, at + 6));
    if (isUnicode) return 6;
    this.pos = at;
    throw this.unexpected();
  }

  #skipScalar(byte: number): void {
    if (byte === QUOTE) this.string();
    else if (!this.literal('true') && !this.literal('false') && !this.literal('null')) {
      if (this.number() === '') throw this.unexpected();
    }
  }
}

/** The byte that begins an object; the one that ends it is two more. */
export const OBJECT = BRACE_OPEN;
/** The byte that begins an array; the one that ends it is two more. */
export const ARRAY = BRACKET_OPEN;
/** The byte that begins a text. */
export const TEXT = QUOTE;
