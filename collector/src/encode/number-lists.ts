import type { ByteWriter } from '../byte-writer.js';
import { ItemFault } from './item-fault.js';
import type { RangeList } from './range-list.js';
import type { WireReader } from './wire-reader.js';

const NUMBER_BYTES = 8;

/**
 * How many numbers of eight bytes a list holds.
 * @throws ItemFault where it came in too many runs, DecodeError where a run ends within a number.
 */
export const countOf64 = (wire: WireReader, runs: RangeList): number => {
  if (runs.isFull) throw new ItemFault('a list of numbers is not packed');
  let count = 0;
  for (let index = 0; index < runs.count; index += 1) {
    const length = runs.end(index) - runs.start(index);
    if (length % NUMBER_BYTES !== 0) throw wire.malformed('a list ends within a number');
    count += length / NUMBER_BYTES;
  }
  return count;
};

/** Writes numbers of eight bytes as an array: they lie in RowBinary as they lie in protobuf. */
export const writeNumbers64 = (out: ByteWriter, wire: WireReader, runs: RangeList): void => {
  out.length(countOf64(wire, runs));
  for (let index = 0; index < runs.count; index += 1) {
    out.copy(wire.bytes, runs.start(index), runs.end(index));
  }
};

/**
 * Writes varints as an array of UInt64.
 * @throws ItemFault where they would take more than `maxBytes`.
 */
export const writeVarints = (out: ByteWriter, wire: WireReader, runs: RangeList, maxBytes: number): void => {
  const count = countOfVarints(wire, runs);
  if (runs.isFull || NUMBER_BYTES * count > maxBytes) {
    throw new ItemFault(`a row is larger than ${maxBytes} bytes`);
  }
  out.length(count);
  for (let index = 0; index < runs.count; index += 1) {
    wire.pos = runs.start(index);
    while (wire.pos < runs.end(index)) {
      wire.varint64();
      out.uint64(wire.low, wire.high);
    }
  }
};

const countOfVarints = (wire: WireReader, runs: RangeList): number => {
  let count = 0;
  for (let index = 0; index < runs.count; index += 1) {
    wire.pos = runs.start(index);
    while (wire.pos < runs.end(index)) {
      wire.varint64();
      count += 1;
    }
    wire.expectWithin(runs.end(index));
  }
  return count;
};
