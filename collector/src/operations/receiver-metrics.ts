import { SIGNALS } from '../signal.js';
import { byKey, type SelfMetric } from './self-metric.js';

/** What the receivers do. */
export const RECEIVER_METRICS: readonly SelfMetric[] = [
  {
    name: 'signalbox.collector.items.received',
    kind: 'counter',
    unit: '{item}',
    description: 'Spans, data points and log records that came in requests that were understood',
    read: ({ receivers: { accepted, rejected } }) =>
      SIGNALS.map((signal) => [accepted[signal] + rejected[signal], { signal }]),
  },
  {
    name: 'signalbox.collector.items.stored',
    kind: 'counter',
    unit: '{item}',
    description: 'Of these, those that were acknowledged: they are on disk, and will be in ClickHouse',
    read: ({ receivers }) => byKey('signal', receivers.accepted),
  },
  {
    name: 'signalbox.collector.items.rejected',
    kind: 'counter',
    unit: '{item}',
    description: 'Of these, those that were refused alone, as a partial success',
    read: ({ receivers }) => byKey('signal', receivers.rejected),
  },
  {
    name: 'signalbox.collector.requests',
    kind: 'counter',
    unit: '{request}',
    description:
      'Export requests by what they were answered: stored, repeated, refused (4xx) or failed (5xx)',
    read: ({ receivers: { requests, repeated, refused, failed } }) =>
      byKey('outcome', { stored: requests - repeated - refused - failed, repeated, refused, failed }),
  },
  {
    name: 'signalbox.collector.requests.active',
    kind: 'gauge',
    unit: '{request}',
    description: 'Export requests that are being received or written',
    read: ({ load }) => [[load.requests]],
  },
  {
    name: 'signalbox.collector.requests.held',
    kind: 'gauge',
    unit: 'By',
    description: 'Bytes that these requests hold in memory',
    read: ({ load }) => [[load.bytes]],
  },
  {
    name: 'signalbox.collector.connections',
    kind: 'gauge',
    unit: '{connection}',
    description: 'Open connections',
    read: ({ load }) => byKey('protocol', load.connections),
  },
];
