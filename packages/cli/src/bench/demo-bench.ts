import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import type { SimulatorStats } from '@signalbox/simulator';
import { demoConfig } from '../demo/demo-config.js';
import type { Output } from '../output/output.js';
import { addSimulator } from '../stack/add-simulator.js';
import { startStack } from '../stack/start-stack.js';
import { chooseArrivals } from '../traffic/choose-arrivals.js';
import { measureLoad } from '../traffic/measure-load.js';
import { runTrafficSession } from '../traffic/traffic-session.js';
import { atMost, type BenchReport, createBenchReport } from './bench-report.js';

const SEED = 1;
const SPEED = 60;
const START_SECONDS_TARGET = 10;

const secondsSince = (start: number): number => (performance.now() - start) / 1000;

/** Starts and stops a bare ClickHouse: the floor of what starting the stack can take. */
const measureBareStart = async (directory: string): Promise<number> => {
  const start = performance.now();
  const clickhouse = await startEmbeddedClickHouse({ directory });
  const seconds = secondsSince(start);
  await clickhouse.stop();
  return seconds;
};

/**
 * `bench demo`: starts the whole line in an empty directory, sends generated arrivals at 60 times real time, and
 * reconciles. Figures: `requests_lost`, `rows_duplicated`, `start_seconds`. The reference is a bare embedded ClickHouse
 * started in the same run, and the requests that the simulator says it answered.
 */
export const benchDemo = async (
  output: Output,
  options: { requests: number; signal: AbortSignal },
): Promise<BenchReport> => {
  const directory = await mkdtemp(join(tmpdir(), 'signalbox-bench-'));
  try {
    const bareSeconds = await measureBareStart(join(directory, 'bare'));
    const start = performance.now();
    const stack = await startStack(
      {
        directory: join(directory, 'stack'),
        clickhousePort: 0,
        otlpPort: 0,
        database: 'signalbox',
        configFile: null,
      },
      output,
    );
    try {
      const simulator = await addSimulator(stack, { port: 0, seed: SEED });
      const startSeconds = secondsSince(start);
      const load = { seed: SEED, requests: options.requests };
      const { reconciliation, counts } = await runTrafficSession(
        {
          config: demoConfig(simulator.url),
          endpoint: stack.collector.url,
          store: stack.store,
          arrivals: chooseArrivals(load),
          size: await measureLoad(chooseArrivals(load)),
          speed: SPEED,
          seed: SEED,
          overrideShare: 0,
          simulated: true,
          mayFail: false,
          signal: options.signal,
        },
        output,
      );
      if (!reconciliation) throw new Error('The run was not reconciled.');
      const response = await fetch(`${simulator.url}/simulator/stats`);
      const answered = (await response.json()) as SimulatorStats;
      return createBenchReport({
        bench: 'demo',
        reference: {
          name: 'bare embedded ClickHouse, and what the simulator answered',
          figures: { clickhouse_start_seconds: bareSeconds, simulator_succeeded: answered.total.succeeded },
        },
        figures: [
          atMost('requests_lost', reconciliation.requestsLost, 'requests', 0),
          atMost('rows_duplicated', reconciliation.rowsDuplicated, 'rows', 0),
          atMost('differences', reconciliation.checks.filter(({ ok }) => !ok).length, 'checks', 0),
          atMost(
            'simulator_difference',
            Math.abs(answered.total.succeeded - counts.succeeded),
            'requests',
            0,
          ),
          atMost('start_seconds', startSeconds, 's', START_SECONDS_TARGET),
        ],
      });
    } finally {
      await stack.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
