/**
 * Why a body cannot be decoded. `malformed`: it is not OTLP. `out-of-range`: a number does not fit its field, which
 * costs only the item that holds it. `too-large`: more than one request may have.
 * Thrown while a body is read; the request encoder turns it into data.
 */
export class DecodeError extends Error {
  readonly kind: 'malformed' | 'out-of-range' | 'too-large';
  #path = '';

  constructor(kind: DecodeError['kind'], reason: string) {
    super(reason);
    this.name = 'DecodeError';
    this.kind = kind;
  }

  /** Notes that the error happened below a field or a list index; called on the way up. */
  below(segment: string | number): this {
    const step = typeof segment === 'number' ? `[${segment}]` : segment;
    this.#path =
      this.#path === '' || this.#path.startsWith('[') ? `${step}${this.#path}` : `${step}.${this.#path}`;
    return this;
  }

  /** The reason with the path of the field, where it is known: `resourceSpans[0]: expected an object, found 5`. */
  get reason(): string {
    return this.#path === '' ? this.message : `${this.#path}: ${this.message}`;
  }
}
