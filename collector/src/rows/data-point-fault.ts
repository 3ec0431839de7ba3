import type {
  Exemplar,
  ExponentialHistogramDataPoint,
  HistogramDataPoint,
  NumberDataPoint,
  SummaryDataPoint,
} from '../otlp/metrics.js';
import { exemplarFault } from './exemplar-columns.js';
import { firstFault } from './fault.js';
import { timeFault } from './times.js';

/** Bit 0 of the flags of a data point: the series exists, but this point has no value. */
const NO_RECORDED_VALUE = 1;

// The scales at which a bucket is narrower than the range of a double and wider than its precision.
const MIN_SCALE = -10;
const MAX_SCALE = 20;

type TimedPoint = {
  readonly startTimeUnixNano: bigint;
  readonly timeUnixNano: bigint;
  readonly exemplars?: readonly Exemplar[];
};

const timesFault = (point: TimedPoint): string | null =>
  timeFault('timeUnixNano', point.timeUnixNano) ??
  timeFault('startTimeUnixNano', point.startTimeUnixNano) ??
  exemplarFault(point.exemplars ?? []);

/** Why a point of a gauge or a sum cannot be stored; `null` when it can. */
export const numberFault = (point: NumberDataPoint): string | null => {
  const hasNoValue = point.asDouble === undefined && point.asInt === undefined;
  if (hasNoValue && (point.flags & NO_RECORDED_VALUE) === 0) return 'the data point has no value';
  if (point.asDouble !== undefined && point.asInt !== undefined) return 'asDouble and asInt are both set';
  return timesFault(point);
};

/** Why a point of a histogram cannot be stored; `null` when it can. */
export const histogramFault = (point: HistogramDataPoint): string | null => {
  const { bucketCounts, explicitBounds } = point;
  const isEmpty = bucketCounts.length === 0 && explicitBounds.length === 0;
  if (!isEmpty && bucketCounts.length !== explicitBounds.length + 1) {
    return 'bucketCounts is not one longer than explicitBounds';
  }
  const isIncreasing = explicitBounds.every(
    (bound, index) => Number.isFinite(bound) && (index === 0 || bound > (explicitBounds[index - 1] ?? bound)),
  );
  return isIncreasing ? timesFault(point) : 'explicitBounds are not increasing numbers';
};

/** Why a point of an exponential histogram cannot be stored; `null` when it can. */
export const exponentialHistogramFault = (point: ExponentialHistogramDataPoint): string | null =>
  point.scale < MIN_SCALE || point.scale > MAX_SCALE
    ? `scale is not between ${MIN_SCALE} and ${MAX_SCALE}`
    : timesFault(point);

/** Why a point of a summary cannot be stored; `null` when it can. */
export const summaryFault = (point: SummaryDataPoint): string | null =>
  firstFault(point.quantileValues, ({ quantile }) =>
    quantile >= 0 && quantile <= 1 ? null : 'a quantile is not between 0 and 1',
  ) ?? timesFault(point);
