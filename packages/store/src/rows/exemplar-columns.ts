import type { Attributes } from './attributes.js';
import type { DateTime } from './date-time64.js';

/** The exemplars of a data point: parallel arrays of one length, empty when there are none. */
export type ExemplarColumns = {
  'Exemplars.FilteredAttributes': readonly Attributes[];
  'Exemplars.TimeUnix': readonly DateTime[];
  'Exemplars.Value': readonly number[];
  /** Lower-case hex, or empty. */
  'Exemplars.SpanId': readonly string[];
  /** Lower-case hex, or empty. */
  'Exemplars.TraceId': readonly string[];
};
