import { numbersOf } from '../otlp/field.js';
import { numberDataPoint } from '../otlp/metrics.js';
import { numberOf } from './exemplar-columns.js';
import type { PointColumns } from './point-columns.js';

const POINT = numbersOf(numberDataPoint);

/** Bit 0 of the flags of a data point: the series exists, but this point has no value. */
const NO_RECORDED_VALUE = 1;

/** The points of gauges and sums. */
export const createNumberColumns = (table: 'otel_metrics_gauge' | 'otel_metrics_sum'): PointColumns => ({
  table,
  message: numberDataPoint,
  fault(point) {
    const isDouble = point.has(POINT.asDouble);
    const isInt = point.has(POINT.asInt);
    const isMarked = (point.int32(POINT.flags) & NO_RECORDED_VALUE) !== 0;
    if (!isDouble && !isInt && !isMarked) return 'the data point has no value';
    return isDouble && isInt ? 'asDouble and asInt are both set' : null;
  },
  // The contrib columns cannot be empty. A point without a value has flag bit 0 set, which says that 0 means nothing.
  write(out, point) {
    out.float64(numberOf(point, POINT, 0));
  },
});
