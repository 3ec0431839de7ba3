import { byKey, type SelfMetric } from './self-metric.js';

const CLAIMS = { unknown: null, holds: 1, 'not-claimed': 0 } as const;

/** What goes from the log to ClickHouse. */
export const DRAIN_METRICS: readonly SelfMetric[] = [
  {
    name: 'signalbox.collector.blocks.inserted',
    kind: 'counter',
    unit: '{block}',
    description: 'Blocks that ClickHouse has taken',
    read: ({ drain }) => [[drain.blocksInserted]],
  },
  {
    name: 'signalbox.collector.rows.inserted',
    kind: 'counter',
    unit: '{row}',
    description: 'Rows in these blocks',
    read: ({ drain }) => [[drain.rowsInserted]],
  },
  {
    name: 'signalbox.collector.inserts.failed',
    kind: 'counter',
    unit: '{insert}',
    description:
      'Inserts that failed: transient, data, after-write (a materialized view), configuration, or damaged (the log)',
    read: ({ drain }) => byKey('class', drain.failures),
  },
  {
    name: 'signalbox.collector.blocks.reinserted',
    kind: 'counter',
    unit: '{block}',
    description: 'Blocks that were inserted again because ClickHouse had restarted or had lost rows',
    read: ({ drain }) => [[drain.blocksReinserted]],
  },
  {
    name: 'signalbox.collector.blocks.split',
    kind: 'counter',
    unit: '{block}',
    description: 'Blocks that were cut because ClickHouse refused them',
    read: ({ drain }) => [[drain.blocksSplit]],
  },
  {
    name: 'signalbox.collector.blocks.aside',
    kind: 'gauge',
    unit: '{block}',
    description: 'Blocks that wait because a materialized view, or ClickHouse alone, keeps refusing them',
    read: ({ drain }) => [[drain.blocksAside]],
  },
  {
    name: 'signalbox.collector.dead_letters.rows',
    kind: 'counter',
    unit: '{row}',
    description: 'Rows that ClickHouse refuses for good and that went to the dead letters',
    read: ({ drain }) => [[drain.rowsParked]],
  },
  {
    name: 'signalbox.collector.clickhouse.restarts',
    kind: 'counter',
    unit: '{restart}',
    description: 'Restarts of ClickHouse that were noticed',
    read: ({ drain }) => [[drain.serverRestarts]],
  },
  {
    name: 'signalbox.collector.exactly_once',
    kind: 'gauge',
    unit: '1',
    description: '1 when the self-test has shown that a repeated block is invisible, 0 when it has not',
    read: ({ drain }) => [[CLAIMS[drain.exactlyOnce]]],
  },
];
