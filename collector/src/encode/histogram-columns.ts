import { numbersOf } from '../otlp/field.js';
import { histogramDataPoint } from '../otlp/metrics.js';
import { countOf64, writeNumbers64 } from './number-lists.js';
import type { PointColumns } from './point-columns.js';
import type { RangeList } from './range-list.js';
import type { WireReader } from './wire-reader.js';

const POINT = numbersOf(histogramDataPoint);
const NUMBER_BYTES = 8;

/** The points of histograms with explicit bounds. Sum, Min and Max are 0 where they were not sent, as in contrib. */
export const createHistogramColumns = (wire: WireReader): PointColumns => ({
  table: 'otel_metrics_histogram',
  message: histogramDataPoint,
  fault(point) {
    const buckets = countOf64(wire, point.list(POINT.bucketCounts));
    const bounds = point.list(POINT.explicitBounds);
    const boundCount = countOf64(wire, bounds);
    const isEmpty = buckets === 0 && boundCount === 0;
    if (!isEmpty && buckets !== boundCount + 1) return 'bucketCounts is not one longer than explicitBounds';
    return isIncreasing(wire, bounds) ? null : 'explicitBounds are not increasing numbers';
  },
  write(out, point) {
    point.fixed64(POINT.count);
    out.uint64(wire.low, wire.high);
    out.float64(point.double(POINT.sum, 0));
    out.float64(point.double(POINT.min, 0));
    out.float64(point.double(POINT.max, 0));
    writeNumbers64(out, wire, point.list(POINT.bucketCounts));
    writeNumbers64(out, wire, point.list(POINT.explicitBounds));
  },
});

const isIncreasing = (wire: WireReader, bounds: RangeList): boolean => {
  let last = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < bounds.count; index += 1) {
    for (let at = bounds.start(index); at < bounds.end(index); at += NUMBER_BYTES) {
      const bound = wire.view.getFloat64(at, true);
      if (!(bound > last) || bound === Number.POSITIVE_INFINITY) return false;
      last = bound;
    }
  }
  return true;
};
