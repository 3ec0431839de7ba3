/** Thrown while a row is written, where the item turns out to be one that cannot be stored. It costs only that item. */
export class ItemFault extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'ItemFault';
  }
}
