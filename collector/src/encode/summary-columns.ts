import { numbersOf } from '../otlp/field.js';
import { summaryDataPoint, valueAtQuantile } from '../otlp/metrics.js';
import type { EncodeContext } from './encode-context.js';
import { FieldIndex } from './field-index.js';
import type { PointColumns } from './point-columns.js';
import type { RangeList } from './range-list.js';

const POINT = numbersOf(summaryDataPoint);
const VALUE = numbersOf(valueAtQuantile);

/** The points of summaries. */
export const createSummaryColumns = ({ wire, limits }: EncodeContext): PointColumns => {
  const value = new FieldIndex(wire, valueAtQuantile, limits);
  const read = (list: RangeList, index: number, number: number): number => {
    value.scan(list.start(index), list.end(index));
    return value.double(number, 0);
  };
  return {
    table: 'otel_metrics_summary',
    message: summaryDataPoint,
    fault(point) {
      const quantiles = point.list(POINT.quantileValues);
      if (quantiles.isFull) return `more than ${limits.maxEvents} quantiles`;
      for (let index = 0; index < quantiles.count; index += 1) {
        const quantile = read(quantiles, index, VALUE.quantile);
        if (!(quantile >= 0 && quantile <= 1)) return 'a quantile is not between 0 and 1';
      }
      return null;
    },
    write(out, point) {
      point.fixed64(POINT.count);
      out.uint64(wire.low, wire.high);
      out.float64(point.double(POINT.sum, 0));
      const quantiles = point.list(POINT.quantileValues);
      for (const number of [VALUE.quantile, VALUE.value]) {
        out.length(quantiles.count);
        for (let index = 0; index < quantiles.count; index += 1) out.float64(read(quantiles, index, number));
      }
    },
  };
};
