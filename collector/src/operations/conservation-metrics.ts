import type { SelfMetric } from './self-metric.js';

/** What the conservation check finds. Nothing is reported before the first one. */
export const CONSERVATION_METRICS: readonly SelfMetric[] = [
  {
    name: 'signalbox.collector.conservation.missing',
    kind: 'gauge',
    unit: '{row}',
    description: 'Rows of the last hour that ClickHouse had taken and does not have; should be 0',
    read: ({ conservation }) => [[conservation.missingRows]],
  },
  {
    name: 'signalbox.collector.conservation.duplicate',
    kind: 'gauge',
    unit: '{row}',
    description: 'Rows of the last hour that readers see more than once; should be 0',
    read: ({ conservation }) => [[conservation.duplicateRows]],
  },
  {
    name: 'signalbox.collector.conservation.unverified',
    kind: 'gauge',
    unit: '{row}',
    description: 'Absent rows that the log no longer holds, so that nobody can tell whether rightly',
    read: ({ conservation }) => [[conservation.unverifiedRows]],
  },
  {
    name: 'signalbox.collector.conservation.checks.failed',
    kind: 'counter',
    unit: '{check}',
    description: 'Checks that ClickHouse did not answer',
    read: ({ conservation }) => [[conservation.failedChecks]],
  },
  {
    name: 'signalbox.collector.conservation.age',
    kind: 'gauge',
    unit: 's',
    description: 'Time since the last check that was answered',
    read: ({ conservation: { checkedAt }, now }) => [
      [checkedAt === null ? null : Math.max(0, now - checkedAt) / 1000],
    ],
  },
  {
    name: 'signalbox.collector.decisions.lost',
    kind: 'gauge',
    unit: '{decision}',
    description:
      'Decisions of the last hour that processes have numbered and that never came: lost before the collector',
    read: ({ conservation }) => [[conservation.sequenceGaps?.missing ?? null]],
  },
];
