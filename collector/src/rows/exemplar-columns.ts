import { type ExemplarColumns, toDateTime } from '@signalbox/store';
import type { Exemplar } from '../otlp/metrics.js';
import { toAttributes } from './attributes.js';
import { firstFault } from './fault.js';
import { idOrEmpty, SPAN_ID_DIGITS, TRACE_ID_DIGITS } from './ids.js';
import { timeFault } from './times.js';

/** What is wrong with the exemplars of a data point; `null` when nothing is. */
export const exemplarFault = (exemplars: readonly Exemplar[]): string | null =>
  firstFault(exemplars, ({ timeUnixNano }) => timeFault('exemplars.timeUnixNano', timeUnixNano));

/** The exemplars of a data point as parallel arrays. An exemplar without a value has NaN: unknown is never 0. */
export const toExemplarColumns = (exemplars: readonly Exemplar[]): ExemplarColumns => ({
  'Exemplars.FilteredAttributes': exemplars.map(({ filteredAttributes }) => toAttributes(filteredAttributes)),
  'Exemplars.TimeUnix': exemplars.map(({ timeUnixNano }) => toDateTime(timeUnixNano)),
  'Exemplars.Value': exemplars.map(({ asDouble, asInt }) => Number(asInt ?? asDouble ?? Number.NaN)),
  'Exemplars.SpanId': exemplars.map(({ spanId }) => idOrEmpty(spanId, SPAN_ID_DIGITS)),
  'Exemplars.TraceId': exemplars.map(({ traceId }) => idOrEmpty(traceId, TRACE_ID_DIGITS)),
});
