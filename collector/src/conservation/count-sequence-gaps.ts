import { ask } from '../drain/ask.js';
import type { ClickHouseHttp } from '../drain/clickhouse-http.js';

/** Decisions that a process has numbered and that never came. */
export type SequenceGaps = {
  /** Processes that have sent decisions in the window. */
  readonly processes: number;
  readonly processesWithGaps: number;
  /** Numbers without a decision: telemetry that was lost before the collector, or erased. */
  readonly missing: number;
};

/** A decision comes when its request has ended: a gap counts only when a later number is this old. */
const SETTLED_MINUTES = 10;
const WINDOW_MINUTES = 60;

/**
 * Looks for gaps in `signalbox.decision.sequence`, process by process, between the first and the last decision of the
 * last hour that are ten minutes old. @throws AskFailedError
 */
export const countSequenceGaps = async (
  clickhouse: ClickHouseHttp,
  signal?: AbortSignal,
): Promise<SequenceGaps> => {
  type Row = { processes: string; processesWithGaps: string; missing: string };
  const [row] = await ask<Row>(clickhouse, {
    // A process numbers requests as they begin, so numbers and times rise together but for instants.
    sql: `
      WITH bounds AS (
        SELECT service_instance_id AS process, min(decision_sequence) AS first, max(decision_sequence) AS last
        FROM decisions_raw
        WHERE timestamp >= now() - toIntervalMinute(${WINDOW_MINUTES + SETTLED_MINUTES})
          AND timestamp < now() - toIntervalMinute(${SETTLED_MINUTES})
          AND service_instance_id != '' AND decision_sequence IS NOT NULL
        GROUP BY process
      )
      SELECT count() AS processes, countIf(gaps > 0) AS processesWithGaps, sum(gaps) AS missing
      FROM (
        SELECT any(last) - any(first) + 1 - uniqExact(decision_sequence) AS gaps
        FROM decisions_raw
        GLOBAL INNER JOIN bounds ON bounds.process = decisions_raw.service_instance_id
        WHERE timestamp >= now() - toIntervalMinute(${WINDOW_MINUTES + 2 * SETTLED_MINUTES})
          AND decision_sequence BETWEEN bounds.first AND bounds.last
        GROUP BY decisions_raw.service_instance_id
      )`,
    signal,
  });
  return {
    processes: Number(row?.processes ?? 0),
    processesWithGaps: Number(row?.processesWithGaps ?? 0),
    missing: Number(row?.missing ?? 0),
  };
};
