import type { StatementParams } from '../connection/statement-params.js';
import type { Store } from '../connection/store.js';
import type { CallOptions } from '../connection/with-deadline.js';
import { integer } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';
import { addUp } from './rollup-columns.js';
import { ROLLUP_LEVELS, type RollupLevel, type RollupName } from './rollup-step.js';

/** Buckets of one rollup that are computed in one statement. */
export type BucketScope = {
  rollup: RollupName;
  /** First bucket, and the end of the last one. Both are starts of buckets. */
  from: Date;
  to: Date;
  /**
   * Only tenants and buckets with a decision in `decisions_raw` for which this SQL holds; others stay as they are.
   * Default: all, so that a bucket without decisions becomes empty.
   */
  touchedBy?: { condition: string; params: StatementParams };
};

const keyOf = ({ dimensions }: RollupLevel): string[] => ['tenant', 'bucket', ...Object.keys(dimensions)];

const nextVersion: NamedQuery<{ table: string; from: Date; to: Date }, { version: number }> = {
  name: 'nextRollupVersion',
  // Above the versions that are there, also after the clock was set back.
  sql: `
    SELECT greatest(toUnixTimestamp64Micro(now64(6)), toUnixTimestamp64Micro(max(refreshed_at)) + 1) AS version
    FROM {table:Identifier}
    WHERE bucket >= {from:DateTime('UTC')} AND bucket < {to:DateTime('UTC')}`,
  bind: (params) => params,
  decode: { version: integer },
};

/**
 * Computes buckets from their source and replaces what they were. Any number of processes may do it at once, for the
 * same buckets too: each row carries the time at which its computation began, taken before its source was read, and of
 * two rows the younger stays. So a computation that began after a change wins over one that did not see it.
 */
export async function recomputeBuckets(
  store: Store,
  scope: BucketScope,
  options: CallOptions = {},
): Promise<void> {
  const level = ROLLUP_LEVELS[scope.rollup];
  const { from, to, touchedBy } = scope;
  const [row] = await store.query(nextVersion, { table: level.table, from, to }, options);
  const params = { from, to, version: row?.version ?? 0, ...touchedBy?.params };
  await store.command(insertBuckets(level, touchedBy?.condition), params, options);
  await store.command(deleteVanished(level, touchedBy !== undefined), params, options);
}

// The rows carry their version, so a deduplication window must not mistake one insert for another. Memory is bounded by
// the rows of a scope (`chunkBuckets`), and spills to disk before it fails.
const SETTINGS = `SETTINGS insert_deduplicate = 0, max_bytes_before_external_group_by = 536870912,
       max_memory_usage = 1610612736, do_not_merge_across_partitions_select_final = 1`;

/**
 * SQL: the time is in the scope. The bounds have the scale of the column, because ClickHouse (26.7) finds the parts for
 * `timestamp < 04:00:00` by `<= 03:59:59` where the bound is in whole seconds, and misses what is between.
 */
function within(time: string): string {
  const scale = (bound: string) => (time.endsWith('timestamp') ? `toDateTime64(${bound}, 9, 'UTC')` : bound);
  return `${time} >= ${scale("{from:DateTime('UTC')}")} AND ${time} < ${scale("{to:DateTime('UTC')}")}`;
}

const VERSION = "fromUnixTimestamp64Micro({version:Int64}, 'UTC')";

function insertBuckets(level: RollupLevel, condition: string | undefined): string {
  const { table, startOf, source } = level;
  const fromDecisions = source.table === 'decisions_raw';
  const start = (time: string) => `toDateTime(${startOf}(${time}), 'UTC')`;
  const dimensions = Object.entries(level.dimensions).map(([name, sql]) =>
    fromDecisions ? sql : `d.${name}`,
  );
  const measures = Object.entries(level.measures).map(([name, sql]) => (fromDecisions ? sql : addUp(name)));
  const touched = `
      AND (tenant, ${start(`d.${source.time}`)}) IN (
        SELECT DISTINCT tenant, ${start('timestamp')}
        FROM decisions_raw
        WHERE ${within('timestamp')} AND (${condition})
      )`;
  return `
    INSERT INTO ${table} (${[...keyOf(level), 'refreshed_at', 'deleted', ...Object.keys(level.measures)].join(', ')})
    SELECT
      d.tenant, ${start(`d.${source.time}`)} AS start, ${dimensions.map((sql, i) => `${sql} AS dimension_${i}`).join(', ')},
      ${VERSION}, 0,
      ${measures.join(',\n      ')}
    FROM ${source.table} AS d FINAL
    WHERE ${within(`d.${source.time}`)}${condition === undefined ? '' : touched}
    GROUP BY d.tenant, start, ${dimensions.map((_, i) => `dimension_${i}`).join(', ')}
    ${SETTINGS}`;
}

/** Marks the combinations of the computed buckets that were not found again, after a decision changed or was erased. */
function deleteVanished(level: RollupLevel, onlyComputed: boolean): string {
  const { table } = level;
  const key = keyOf(level).join(', ');
  const computed = `
      AND (tenant, bucket) IN (SELECT tenant, bucket FROM ${table} WHERE ${within('bucket')} AND refreshed_at = ${VERSION})`;
  return `
    INSERT INTO ${table} (${key}, refreshed_at, deleted)
    SELECT ${key}, ${VERSION}, 1
    FROM ${table}
    WHERE ${within('bucket')}${onlyComputed ? computed : ''}
    GROUP BY ${key}
    HAVING max(refreshed_at) < ${VERSION} AND argMax(deleted, refreshed_at) = 0
    ${SETTINGS}`;
}
