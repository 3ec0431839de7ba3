import { expect, it, onTestFinished } from 'vitest';
import { parseTimeline } from '../incidents/parse-timeline.js';
import { createKeyedRandom } from '../random/keyed-random.js';
import { startSimulator } from '../start-simulator.js';

const profile = {
  errorRate: { 429: 0.1, 500: 0.1, 503: 0.1 },
  outputTokens: { median: 4, p95: 12 },
};
const timeline = parseTimeline(
  'incidents: [{ at: 0s, for: 1h, model: b, kind: latency, share: 0.5 }]',
  'test',
);

type Call = { model: string; key?: string; content?: string; provider?: string };

/** Sends the calls at once to a new simulator, and returns what came of each, in the order of the calls. */
async function outcomes(calls: readonly Call[], seed = 1): Promise<string[]> {
  const models = { a: profile, b: profile };
  const simulator = await startSimulator({
    models,
    seed,
    timeline,
    timeScale: 10_000,
    now: () => 0,
    providers: ['p'],
  });
  onTestFinished(() => simulator.close());
  return Promise.all(
    calls.map(async ({ model, key, content = 'hello', provider }) => {
      const prefix = provider === undefined ? '' : `/${provider}`;
      const response = await fetch(`${simulator.url}${prefix}/v1/chat/completions`, {
        method: 'POST',
        headers: key === undefined ? {} : { 'x-simulator-key': key },
        body: JSON.stringify({ model, messages: [{ role: 'user', content }] }),
      });
      const { choices, usage } = (await response.json()) as { choices?: unknown; usage?: unknown };
      const firstTokenMs = response.headers.get('x-simulator-first-token-ms');
      return JSON.stringify({ key, status: response.status, firstTokenMs, choices, usage });
    }),
  );
}

function shuffle<Item>(items: readonly Item[]): Item[] {
  const random = createKeyedRandom('shuffle');
  return items
    .map((item) => ({ item, order: random() }))
    .toSorted((one, other) => one.order - other.order)
    .map(({ item }) => item);
}

it('gives keyed requests the same errors, latencies and texts in any order', async () => {
  const calls = Array.from({ length: 120 }, (_, index) => ({
    model: index % 2 ? 'a' : 'b',
    key: `request-${index}`,
  }));
  const inOrder = await outcomes(calls);
  expect((await outcomes(shuffle(calls))).toSorted()).toEqual(inOrder.toSorted());
  const statuses = new Set(inOrder.map((outcome) => (JSON.parse(outcome) as { status: number }).status));
  expect([...statuses].toSorted()).toEqual([200, 429, 500, 503]);
});

it('gives unkeyed requests the same outcomes as a whole, equal bodies included', async () => {
  const calls = Array.from({ length: 120 }, (_, index) => ({
    model: 'a',
    content: `question ${index % 20}`,
  }));
  const inOrder = await outcomes(calls);
  expect((await outcomes(shuffle(calls))).toSorted()).toEqual(inOrder.toSorted());
  expect(new Set(inOrder).size).toBeGreaterThan(100);
});

it('draws anew for another seed, model or provider', async () => {
  const key = 'one';
  const base = await outcomes([{ model: 'a', key }]);
  expect(await outcomes([{ model: 'a', key }])).toEqual(base);
  expect(await outcomes([{ model: 'a', key }], 2)).not.toEqual(base);
  expect(await outcomes([{ model: 'b', key }])).not.toEqual(base);
  expect(await outcomes([{ model: 'a', key, provider: 'p' }])).not.toEqual(base);
});

it('draws as the owner of the model on a path without a provider', async () => {
  const call = { model: 'a', key: 'one' };
  expect(await outcomes([{ ...call, provider: 'simulator' }])).toEqual(await outcomes([call]));
});
