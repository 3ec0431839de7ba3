import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { CHAOS } from './chaos-size.js';
import { startChaosStack } from './chaos-stack.js';
import { startLoad } from './load.js';
import { NOTHING_WRONG } from './oracle.js';
import { report } from './report.js';

it('loses and repeats nothing when ClickHouse is killed under load', { timeout: 30 * 60_000 }, async () => {
  // Small blocks, so that many inserts are under way at every kill.
  const stack = await startChaosStack({ log: { blockAgeMs: 20 } });
  const load = startLoad({ oracle: stack.oracle, url: () => stack.url, senders: 6 });
  for (let kills = 0; kills < CHAOS.clickHouseKills; kills += 1) {
    await stack.clickhouse.untilUp();
    await sleep(50 + Math.random() * 700);
    await stack.clickhouse.kill();
  }
  await stack.clickhouse.untilUp();
  await load.stop();
  const verdict = await stack.verdict(180_000);
  report('ClickHouse killed', { kills: CHAOS.clickHouseKills, ...load.counts, ...verdict });
  expect(verdict).toMatchObject(NOTHING_WRONG);
  expect(load.counts.dropped).toEqual({});
});
