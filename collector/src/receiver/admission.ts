/** The share of the memory that one request holds. */
export type Reservation = {
  /** Takes `bytes` more. False, and nothing taken, when the receiver as a whole would hold too much. */
  grow(bytes: number): boolean;
  /** Gives everything back. Call it once. */
  release(): void;
};

/** Bounds what all requests in flight hold together: overload is refused, not buffered. */
export type Admission = {
  /** Requests in flight now. */
  readonly requests: number;
  /** Starts a request; `null` when there are too many. */
  admit(): Reservation | null;
};

/** Creates a bound on the number of requests and on the bytes that they hold. */
export const createAdmission = ({
  maxRequests,
  maxBytes,
}: {
  maxRequests: number;
  maxBytes: number;
}): Admission => {
  let requests = 0;
  let bytesInFlight = 0;
  return {
    get requests() {
      return requests;
    },
    admit() {
      if (requests >= maxRequests) return null;
      requests += 1;
      let held = 0;
      return {
        grow(bytes) {
          if (bytesInFlight + bytes > maxBytes) return false;
          held += bytes;
          bytesInFlight += bytes;
          return true;
        },
        release() {
          requests -= 1;
          bytesInFlight -= held;
        },
      };
    },
  };
};
