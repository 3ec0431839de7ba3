/** What one request may hold. Checked while it is read, so that nothing larger ever exists in memory. */
export type EncodeLimits = {
  /** Spans, log records or data points in one request; also its resources, and the scopes and metrics of each. */
  readonly maxItems: number;
  /** Attributes of one item, event, link, exemplar, resource or scope, and entries of one key-value list. */
  readonly maxAttributes: number;
  /** Events of one span, links of one span, exemplars or quantiles of one data point. */
  readonly maxEvents: number;
  /** Longer keys are cut and say so. Bytes of UTF-8. */
  readonly maxKeyBytes: number;
  /** Longer texts and attribute values are cut and say so. Bytes of UTF-8. */
  readonly maxValueBytes: number;
  /** One encoded row; a larger one is rejected alone. */
  readonly maxRowBytes: number;
  /** All encoded rows of one request, in which what a resource shares is repeated for each of its items. */
  readonly maxRequestBytes: number;
  /** Items that are older than this when they arrive get the time of their arrival. Milliseconds. */
  readonly maxAgeMs: number;
  /** The same for items whose clock is ahead. Milliseconds. */
  readonly maxAheadMs: number;
};

const KIB = 1024;
const MIB = 1024 * KIB;
const HOUR_MS = 3_600_000;

/** The limits that hold unless others are given. */
export const DEFAULT_ENCODE_LIMITS: EncodeLimits = {
  maxItems: 100_000,
  maxAttributes: 1024,
  maxEvents: 1024,
  maxKeyBytes: 256,
  maxValueBytes: 64 * KIB,
  maxRowBytes: 4 * MIB,
  maxRequestBytes: 128 * MIB,
  maxAgeMs: 7 * 24 * HOUR_MS,
  maxAheadMs: HOUR_MS,
};
