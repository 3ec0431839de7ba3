import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseHttp } from './clickhouse-http.js';
import type { DrainContext } from './drain-context.js';
import { runSelfTest } from './self-test.js';

type ClaimOptions = Pick<
  DrainContext,
  'counters' | 'health' | 'logger' | 'pauses' | 'stopping' | 'cutting'
> & {
  readonly clickhouse: ClickHouseHttp;
  /** True: tests until it passes. */
  readonly isRequired: boolean;
};

/** Runs the self-test until it has an answer, and says whether exactly-once is claimed. Resolves with the answer. */
export const claimExactlyOnce = async ({ isRequired, ...options }: ClaimOptions): Promise<void> => {
  const { clickhouse, counters, health, pauses, stopping, cutting } = options;
  while (!stopping.aborted) {
    const { status, reason } = await runSelfTest(clickhouse, { signal: stopping, cutting });
    if (stopping.aborted) return;
    if (status === 'passed') {
      counters.exactlyOnce = 'holds';
      return;
    }
    if (status === 'failed') {
      counters.exactlyOnce = 'not-claimed';
      options.logger.warn({ reason }, 'Exactly-once is not claimed on this ClickHouse.');
      if (!isRequired) return;
    }
    if (isRequired)
      health.failed({ kind: 'configuration', reason: `self-test: ${reason}`, code: null }, true);
    const pauseMs = status === 'failed' ? pauses.configurationMs : pauses.minMs * UNREACHABLE_PAUSES;
    await sleep(pauseMs, undefined, { signal: stopping }).catch(() => undefined);
  }
};

/** A second with the pauses of a collector. */
const UNREACHABLE_PAUSES = 5;
