import type { SelfMetric } from './self-metric.js';

/** How the write-ahead log is doing. */
export const LOG_METRICS: readonly SelfMetric[] = [
  {
    name: 'signalbox.collector.log.size',
    kind: 'gauge',
    unit: 'By',
    description: 'Disk that the log takes, with the dead letters',
    read: ({ log }) => [[log.bytes]],
  },
  {
    name: 'signalbox.collector.log.limit',
    kind: 'gauge',
    unit: 'By',
    description: 'Disk that the log may take',
    read: ({ log }) => [[log.maxBytes]],
  },
  {
    name: 'signalbox.collector.log.depth',
    kind: 'gauge',
    unit: '{row}',
    description: 'Rows that were acknowledged and are not in ClickHouse yet',
    read: ({ log }) => [[log.openRows]],
  },
  {
    name: 'signalbox.collector.log.age',
    kind: 'gauge',
    unit: 's',
    description: 'How long the oldest of these rows have waited, about; 0 when there are none',
    read: ({ log, now }) => [[log.oldestOpenAt === null ? 0 : Math.max(0, now - log.oldestOpenAt) / 1000]],
  },
  {
    name: 'signalbox.collector.log.refusing',
    kind: 'gauge',
    unit: '1',
    description: '1 while the log takes nothing, because it or the disk is full or broken',
    read: ({ log }) => [[log.refusing === null ? 0 : 1]],
  },
  {
    name: 'signalbox.collector.log.lost',
    kind: 'counter',
    unit: '{row}',
    description: 'Acknowledged rows that the disk did not give back: they are lost',
    read: ({ log }) => [[log.lostRows]],
  },
  {
    name: 'signalbox.collector.log.damage',
    kind: 'gauge',
    unit: 'By',
    description: 'Bytes of the log that were damaged when it was opened',
    read: ({ log }) => [[log.recovered.damagedBytes]],
  },
  {
    name: 'signalbox.collector.dead_letters.size',
    kind: 'gauge',
    unit: 'By',
    description: 'Disk that the dead letters take',
    read: ({ log }) => [[log.deadLetterBytes]],
  },
];
