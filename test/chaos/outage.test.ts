import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { startTcpProxy, type TcpProxy } from '../../collector/src/drain/__fixtures__/tcp-proxy.js';
import { CHAOS } from './chaos-size.js';
import { startChaosStack } from './chaos-stack.js';
import { send, startLoad } from './load.js';
import { NOTHING_WRONG, SPANS } from './oracle.js';
import { report } from './report.js';

const TIMEOUT_MS = 10 * 60_000;
/** 20 senders with 20 spans every 200 ms: 2,000 spans a second. */
const PACE = { senders: 20, everyMs: 200 };

it('acknowledges while ClickHouse is down, and empties the log afterwards', {
  timeout: TIMEOUT_MS,
}, async () => {
  const stack = await startChaosStack();
  const load = startLoad({ oracle: stack.oracle, url: () => stack.url, ...PACE });
  await sleep(500);
  await stack.clickhouse.stop();
  const before = stack.oracle.acknowledged;
  await sleep(CHAOS.outageMs);
  const during = stack.oracle.acknowledged - before;
  await stack.clickhouse.start();
  await load.stop();
  const startedAt = performance.now();
  const verdict = await stack.verdict(120_000);
  const drainMs = Math.round(performance.now() - startedAt);
  report('ClickHouse stopped', {
    outageMs: CHAOS.outageMs,
    acknowledgedMeanwhile: during,
    spansPerSecond: Math.round(during / (CHAOS.outageMs / 1000)),
    drainMs,
    ...load.counts,
    ...verdict,
  });
  expect(verdict).toMatchObject(NOTHING_WRONG);
  expect(load.counts).toMatchObject({ refused: 0, dropped: {} });
  expect(during).toBeGreaterThan(0);
});

it.runIf(CHAOS.isFull)(
  'repeats nothing when ClickHouse is paused for longer than an insert may take',
  {
    timeout: TIMEOUT_MS,
  },
  async () => {
    const stack = await startChaosStack({ collector: { insertTimeoutMs: 1_000 } });
    const load = startLoad({ oracle: stack.oracle, url: () => stack.url, ...PACE });
    await sleep(1_000);
    stack.clickhouse.signal('SIGSTOP');
    await sleep(CHAOS.pauseMs);
    stack.clickhouse.signal('SIGCONT');
    await sleep(1_000);
    await load.stop();
    const verdict = await stack.verdict();
    report('ClickHouse paused', { pauseMs: CHAOS.pauseMs, ...load.counts, ...verdict });
    expect(verdict).toMatchObject(NOTHING_WRONG);
    expect(load.counts.dropped).toEqual({});
  },
);

it.runIf(CHAOS.isFull)(
  'repeats nothing when answers are lost after the commit',
  { timeout: TIMEOUT_MS },
  async () => {
    let proxy: TcpProxy | undefined;
    const stack = await startChaosStack({
      clickHouseUrl: async (url) => {
        proxy = await startTcpProxy(url);
        return proxy.url;
      },
    });
    if (proxy === undefined) throw new Error('The stack has no proxy.');
    const between = proxy;
    onTestFinished(() => between.close());
    const load = startLoad({ oracle: stack.oracle, url: () => stack.url, ...PACE });
    await sleep(1_000);
    between.mode = 'lose-answers';
    await sleep(CHAOS.lostAnswersMs);
    between.mode = 'pass';
    await load.stop();
    const verdict = await stack.verdict();
    report('answers lost', { lostAnswers: between.faults, ...load.counts, ...verdict });
    expect(between.faults).toBeGreaterThan(0);
    expect(verdict).toMatchObject(NOTHING_WRONG);
  },
);

it('keeps one copy of a request that is sent sixteen times at once', { timeout: TIMEOUT_MS }, async () => {
  const stack = await startChaosStack();
  const request = stack.oracle.issue();
  const statuses = await Promise.all(Array.from({ length: 16 }, () => send(stack.url, request)));
  expect(new Set(statuses)).toEqual(new Set([200]));
  stack.oracle.acknowledge(request);
  expect(await stack.verdict()).toMatchObject(NOTHING_WRONG);
  // Without FINAL: the log itself took one copy, the fresh request of the verdict aside.
  expect(await stack.read('SELECT count() FROM otel_traces')).toEqual([[String(2 * SPANS)]]);
});
