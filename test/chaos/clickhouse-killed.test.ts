import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { CHAOS } from './chaos-size.js';
import { startChaosStack } from './chaos-stack.js';
import { startLoad } from './load.js';
import { NOTHING_WRONG } from './oracle.js';
import { report } from './report.js';

it('loses and repeats nothing when ClickHouse is killed under load', { timeout: 30 * 60_000 }, async () => {
  // Small blocks, so that many inserts are under way at every kill.
  const stack = await startChaosStack({ log: { blockAgeMs: 20 } });
  const load = startLoad({ oracle: stack.oracle, url: () => stack.url, everyMs: 40 });
  const newest = async (): Promise<number> => {
    const [row] = await stack
      .read('SELECT toUnixTimestamp64Milli(max(received_at)) FROM otel_traces')
      .catch(() => []);
    return Number(row?.[0] ?? 0);
  };
  let seen = 0;
  for (let kills = 0; kills < CHAOS.clickHouseKills; kills += 1) {
    // A server that is killed before it has stored anything new has nothing to lose.
    await vi.waitFor(async () => expect(await newest()).toBeGreaterThan(seen), {
      timeout: 60_000,
      interval: 20,
    });
    await sleep(Math.random() * 300);
    seen = Math.max(seen, await newest());
    await stack.clickhouse.kill();
  }
  await stack.clickhouse.untilUp();
  await load.stop();
  const verdict = await stack.verdict(180_000);
  report('ClickHouse killed', {
    kills: CHAOS.clickHouseKills,

    ...load.counts,
    ...verdict,
  });
  expect(verdict).toMatchObject(NOTHING_WRONG);
  expect(load.counts.dropped).toEqual({});
});
