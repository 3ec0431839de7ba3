import { numbersOf } from '../otlp/field.js';
import { buckets, exponentialHistogramDataPoint } from '../otlp/metrics.js';
import type { EncodeContext } from './encode-context.js';
import { FieldIndex } from './field-index.js';
import { writeVarints } from './number-lists.js';
import type { PointColumns } from './point-columns.js';

const POINT = numbersOf(exponentialHistogramDataPoint);
const BUCKETS = numbersOf(buckets);

// The scales at which a bucket is narrower than the range of a double and wider than its precision.
const MIN_SCALE = -10;
const MAX_SCALE = 20;

/** The points of exponential histograms. Sum, Min and Max are 0 where they were not sent, as in contrib. */
export const createExponentialHistogramColumns = ({ wire, limits }: EncodeContext): PointColumns => {
  const index = new FieldIndex(wire, buckets, limits);
  return {
    table: 'otel_metrics_exponential_histogram',
    message: exponentialHistogramDataPoint,
    fault(point) {
      const scale = point.sint32(POINT.scale);
      return scale < MIN_SCALE || scale > MAX_SCALE
        ? `scale is not between ${MIN_SCALE} and ${MAX_SCALE}`
        : null;
    },
    write(out, point) {
      point.fixed64(POINT.count);
      out.uint64(wire.low, wire.high);
      out.float64(point.double(POINT.sum, 0));
      out.float64(point.double(POINT.min, 0));
      out.float64(point.double(POINT.max, 0));
      out.uint32(point.sint32(POINT.scale));
      point.fixed64(POINT.zeroCount);
      out.uint64(wire.low, wire.high);
      for (const side of [POINT.positive, POINT.negative]) {
        index.scanAll(point.list(side));
        out.uint32(index.sint32(BUCKETS.offset));
        writeVarints(out, wire, index.list(BUCKETS.bucketCounts), limits.maxRowBytes);
      }
    },
  };
};
