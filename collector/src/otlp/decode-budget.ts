import { DecodeError } from './decode-error.js';
import { MAX_ELEMENTS, MAX_VALUE_DEPTH } from './limits.js';

/** What one request may cost, counted while it is decoded: ten million empty messages never exist in memory. */
export type DecodeBudget = {
  /** Counts one element. Throws a `too-large` DecodeError at the limit. */
  spend(): void;
  /** Goes one level down in an attribute value. Throws a `malformed` DecodeError at the limit. */
  enter(): void;
  leave(): void;
};

/** Starts a count for one request. */
export const createDecodeBudget = (): DecodeBudget => {
  let elements = 0;
  let depth = 0;
  return {
    spend() {
      elements += 1;
      if (elements > MAX_ELEMENTS) {
        throw new DecodeError(
          'too-large',
          `more than ${MAX_ELEMENTS} elements in one request: send smaller batches`,
        );
      }
    },
    enter() {
      depth += 1;
      if (depth > MAX_VALUE_DEPTH) {
        throw new DecodeError(
          'malformed',
          `an attribute value is nested more than ${MAX_VALUE_DEPTH} levels deep`,
        );
      }
    },
    leave() {
      depth -= 1;
    },
  };
};
