/** The share of the memory that one request holds. */
export type Reservation = {
  /** Takes `bytes` more. False, and nothing taken, when the receivers as a whole would hold too much. */
  grow(bytes: number): boolean;
  /** Gives everything back, once; further calls do nothing. */
  release(): void;
};

/** Bounds what all requests in flight hold together, whatever their transport: overload is refused, not buffered. */
export type Admission = {
  /** Requests in flight now. */
  readonly requests: number;
  /** Bytes that they hold. */
  readonly bytes: number;
  /** Starts a request. How many there are is bounded by the connections. */
  admit(): Reservation;
};

/** Creates a bound on the bytes that requests hold. A sender that dawdles holds next to nothing. */
export const createAdmission = ({ maxBytes }: { maxBytes: number }): Admission => {
  let requests = 0;
  let bytesInFlight = 0;
  return {
    get requests() {
      return requests;
    },
    get bytes() {
      return bytesInFlight;
    },
    admit() {
      requests += 1;
      let held = 0;
      let isOver = false;
      return {
        grow(bytes) {
          if (isOver || bytesInFlight + bytes > maxBytes) return false;
          held += bytes;
          bytesInFlight += bytes;
          return true;
        },
        release() {
          if (isOver) return;
          isOver = true;
          requests -= 1;
          bytesInFlight -= held;
        },
      };
    },
  };
};
