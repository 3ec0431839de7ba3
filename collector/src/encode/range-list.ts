/** Where the elements of a repeated field lie in a body. Reused from message to message. */
export class RangeList {
  starts = new Int32Array(16);
  ends = new Int32Array(16);
  count = 0;
  /** Whether there were more elements than the list may hold. The others were passed over. */
  isFull = false;
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  clear(): void {
    this.count = 0;
    this.isFull = false;
  }

  push(start: number, end: number): void {
    const { count } = this;
    if (count === this.starts.length) this.#grow();
    if (count === this.#max) {
      this.isFull = true;
      return;
    }
    this.starts[count] = start;
    this.ends[count] = end;
    this.count = count + 1;
  }

  start(index: number): number {
    return this.starts[index] as number;
  }

  end(index: number): number {
    return this.ends[index] as number;
  }

  #grow(): void {
    const { starts, ends } = this;
    this.starts = new Int32Array(2 * starts.length);
    this.starts.set(starts);
    this.ends = new Int32Array(2 * ends.length);
    this.ends.set(ends);
  }
}
