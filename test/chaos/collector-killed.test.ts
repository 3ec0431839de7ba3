import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { FAILPOINTS } from '../../collector/src/log/failpoint.js';
import { CHAOS } from './chaos-size.js';
import { startChaosStack } from './chaos-stack.js';
import { startLoad } from './load.js';
import { NOTHING_WRONG } from './oracle.js';
import { report } from './report.js';

const KILL_TIMEOUT_MS = 20 * 60_000;
/** The ones between what ClickHouse, the disk and the sender know. */
const SHORT: ReadonlySet<string> = new Set(['log.afterSync', 'log.beforeCommit']);

it('loses and repeats nothing when the collector is killed at each failpoint', {
  timeout: KILL_TIMEOUT_MS,
}, async () => {
  // A small log, so that its files go soon and the failpoints of their removal are reached too.
  const stack = await startChaosStack({ log: { maxBytes: 16 * 1024 ** 2, blockAgeMs: 100 } });
  const load = startLoad({ oracle: stack.oracle, url: () => stack.url, senders: 6, everyMs: 0 });
  const reached: Record<string, boolean> = {};
  const names = CHAOS.isFull ? FAILPOINTS : FAILPOINTS.filter((name) => SHORT.has(name));
  for (const name of names) {
    await stack.collector.kill();
    await stack.restartCollector({ SIGNALBOX_FAILPOINT: `${name}:3` });
    const ending = await Promise.race([stack.collector.ended, sleep(30_000, null)]);
    reached[name] = ending === 'SIGKILL';
  }
  await stack.collector.kill();
  await stack.restartCollector();
  await load.stop();
  const verdict = await stack.verdict();
  report('collector killed at failpoints', { reached, ...load.counts, ...verdict });
  expect(verdict).toMatchObject(NOTHING_WRONG);
  expect(load.counts.dropped).toEqual({});
  expect(reached).toEqual(Object.fromEntries(names.map((name) => [name, true])));
});

it('loses and repeats nothing when the collector is killed at random under load', {
  timeout: KILL_TIMEOUT_MS,
}, async () => {
  const stack = await startChaosStack();
  const load = startLoad({ oracle: stack.oracle, url: () => stack.url });
  for (let kills = 0; kills < CHAOS.collectorKills; kills += 1) {
    await sleep(50 + Math.random() * 850);
    await stack.collector.kill();
    await stack.restartCollector();
  }
  await load.stop();
  const verdict = await stack.verdict();
  report('collector killed at random', { kills: CHAOS.collectorKills, ...load.counts, ...verdict });
  expect(verdict).toMatchObject(NOTHING_WRONG);
  expect(load.counts.dropped).toEqual({});
});

it.runIf(CHAOS.isFull)(
  'loses and repeats nothing when both are killed at random under load',
  {
    timeout: KILL_TIMEOUT_MS,
  },
  async () => {
    const stack = await startChaosStack({ log: { blockAgeMs: 20 } });
    const load = startLoad({ oracle: stack.oracle, url: () => stack.url });
    for (let kills = 0; kills < CHAOS.pairKills; kills += 1) {
      await stack.clickhouse.untilUp();
      await sleep(50 + Math.random() * 850);
      await Promise.all([stack.clickhouse.kill(), stack.collector.kill()]);
      await stack.restartCollector();
    }
    await stack.clickhouse.untilUp();
    await load.stop();
    const verdict = await stack.verdict(120_000);
    report('both killed', { kills: CHAOS.pairKills, ...load.counts, ...verdict });
    expect(verdict).toMatchObject(NOTHING_WRONG);
    expect(load.counts.dropped).toEqual({});
  },
);
