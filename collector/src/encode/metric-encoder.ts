import { ByteWriter } from '../byte-writer.js';
import type { Message } from '../otlp/field.js';
import { numbersOf } from '../otlp/field.js';
import { exponentialHistogram, gauge, histogram, metric, sum, summary } from '../otlp/metrics.js';
import type { EncodeContext, ItemEncoder } from './encode-context.js';
import { enumFault } from './enum-fault.js';
import { ExemplarColumns } from './exemplar-columns.js';
import { createExponentialHistogramColumns } from './exponential-histogram-columns.js';
import { FieldIndex } from './field-index.js';
import { createHistogramColumns } from './histogram-columns.js';
import { createNumberColumns } from './number-columns.js';
import type { PointColumns } from './point-columns.js';
import { PointEncoder } from './point-encoder.js';
import type { ScopeColumns } from './scope-columns.js';
import { createSummaryColumns } from './summary-columns.js';

const METRIC = numbersOf(metric);
const DATA_POINTS = 1;
const GREATEST_TEMPORALITY = 2;

/** One of the kinds of data that a metric can have. */
type Kind = {
  /** The field of the metric that holds it. */
  readonly number: number;
  readonly data: FieldIndex;
  readonly points: PointEncoder;
  readonly temporality: number | null;
  readonly isMonotonic: number | null;
};

/** Writes the data points of metrics, each as a row of the table of its kind. */
export class MetricEncoder implements ItemEncoder {
  readonly #context: EncodeContext;
  readonly #scope: ScopeColumns;
  readonly #metric: FieldIndex;
  readonly #shared = new ByteWriter();
  readonly #kinds: readonly Kind[];

  constructor(context: EncodeContext, scope: ScopeColumns) {
    this.#context = context;
    this.#scope = scope;
    this.#metric = new FieldIndex(context.wire, metric, context.limits);
    const exemplars = new ExemplarColumns(context);
    const kind = (number: number, message: Message, columns: PointColumns): Kind => ({
      number,
      data: new FieldIndex(context.wire, message, context.limits),
      points: new PointEncoder(context, columns, exemplars),
      temporality: message.byName.get('aggregationTemporality')?.number ?? null,
      isMonotonic: message.byName.get('isMonotonic')?.number ?? null,
    });
    this.#kinds = [
      kind(METRIC.gauge, gauge, createNumberColumns('otel_metrics_gauge')),
      kind(METRIC.sum, sum, createNumberColumns('otel_metrics_sum')),
      kind(METRIC.histogram, histogram, createHistogramColumns(context.wire)),
      kind(METRIC.exponentialHistogram, exponentialHistogram, createExponentialHistogramColumns(context)),
      kind(METRIC.summary, summary, createSummaryColumns(context)),
    ];
  }

  /** Encodes the points of one metric; rejects each of them that cannot be stored. */
  encode(start: number, end: number): null {
    this.#metric.scan(start, end);
    // A metric has one kind of data.
    for (const kind of this.#kinds) {
      const parts = this.#metric.list(kind.number);
      if (parts.count === 0) continue;
      kind.data.scanAll(parts);
      this.#encodeKind(kind);
    }
    return null;
  }

  #encodeKind({ data, points, temporality, isMonotonic }: Kind): void {
    const aggregation = temporality === null ? 0 : data.int32(temporality);
    const monotonic = isMonotonic !== null && data.bool(isMonotonic);
    points.fault =
      this.#scope.fault ?? enumFault('aggregationTemporality', aggregation, GREATEST_TEMPORALITY);
    if (points.fault === null) {
      this.#writeShared();
      if (temporality !== null) this.#shared.uint32(aggregation);
      if (isMonotonic !== null) this.#shared.uint8(monotonic ? 1 : 0);
      points.shared = this.#shared;
    }
    this.#context.encodeItems(data.list(DATA_POINTS), points);
  }

  #writeShared(): void {
    const { text } = this.#context;
    const metric = this.#metric;
    const out = this.#shared;
    out.reset(this.#context.limits.maxRowBytes);
    this.#scope.write(out);
    out.uint32(this.#scope.droppedAttributesCount);
    text.write(out, metric.start(METRIC.name), metric.end(METRIC.name));
    text.write(out, metric.start(METRIC.description), metric.end(METRIC.description));
    text.write(out, metric.start(METRIC.unit), metric.end(METRIC.unit));
  }
}
