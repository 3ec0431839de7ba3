import OpenAI from 'openai';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseTimeline } from '../incidents/parse-timeline.js';
import { type StartSimulatorOptions, startSimulator } from '../start-simulator.js';

const start = async (options: StartSimulatorOptions = {}) => {
  const clock = { nowMs: 0 };
  const simulator = await startSimulator({
    models: { fast: { ownedBy: 'openai' }, other: { ownedBy: 'mistral' } },
    timeScale: 1_000,
    now: () => clock.nowMs,
    ...options,
  });
  onTestFinished(() => simulator.close());
  return { ...simulator, clock };
};

type Simulator = Awaited<ReturnType<typeof start>>;
type ChatOptions = {
  model?: string;
  stream?: boolean;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

const chat = (
  { url }: Simulator,
  { model = 'fast', stream = false, headers = {}, signal }: ChatOptions = {},
) =>
  fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ model, stream, messages: [{ role: 'user', content: 'hello' }] }),
    ...(signal && { signal }),
  });

/** Reads a stream until it ends or breaks; returns its text and the error it broke with. */
async function readStream(response: Response): Promise<{ text: string; error?: unknown }> {
  let received = '';
  const toText = () =>
    received
      .split('\n\n')
      .filter((event) => event.startsWith('data: {'))
      .map((event) => JSON.parse(event.slice('data: '.length)).choices[0]?.delta.content ?? '')
      .join('');
  try {
    for await (const part of response.body ?? []) received += Buffer.from(part).toString();
    return { text: toText() };
  } catch (error) {
    return { text: toText(), error };
  }
}

describe('an incident', () => {
  it('holds for its model, from its start to its end', async () => {
    const timeline = parseTimeline('incidents: [{ at: 1s, for: 2s, model: fast, kind: outage }]', 'test');
    const simulator = await start({ timeline });
    const statuses: number[] = [];
    for (const nowMs of [999, 1_000, 2_999, 3_000]) {
      simulator.clock.nowMs = nowMs;
      statuses.push((await chat(simulator)).status, (await chat(simulator, { model: 'other' })).status);
    }
    expect(statuses).toEqual([200, 200, 503, 200, 503, 200, 200, 200]);
    expect(simulator.stats().models.fast).toMatchObject({ requests: 4, succeeded: 2, failed: { 503: 2 } });
  });

  it('of a provider holds for its models', async () => {
    const timeline = parseTimeline('incidents: [{ at: 0s, for: 1s, model: mistral, kind: outage }]', 'test');
    const simulator = await start({ timeline });
    expect((await chat(simulator)).status).toBe(200);
    expect((await chat(simulator, { model: 'other' })).status).toBe(503);
  });

  it('with a share hits that part of the requests', async () => {
    const timeline = parseTimeline('incidents: [{ at: 0s, for: 1s, kind: outage, share: 0.3 }]', 'test');
    const simulator = await start({ timeline });
    await Promise.all(Array.from({ length: 300 }, () => chat(simulator)));
    const { failed, succeeded } = simulator.stats().total;
    expect((failed[503] ?? 0) + succeeded).toBe(300);
    // Four standard deviations of a count of 90 are 32.
    expect(Math.abs((failed[503] ?? 0) - 90)).toBeLessThan(32);
  });
});

describe('an outage', () => {
  it('answers 503 in the shape of OpenAI', async () => {
    const response = await chat(await start(), { headers: { 'x-simulator-fault': 'outage' } });
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      error: {
        message: 'The engine is currently overloaded, please try again later.',
        type: 'server_error',
        param: null,
        code: 'service_unavailable',
      },
    });
  });
});

describe('a rate limit', () => {
  it('answers 429 with the time to wait', async () => {
    const simulator = await start({ timeScale: 1 });
    const headers = { 'x-simulator-fault': 'rate-limit; retryAfterSeconds=2.5' };
    const response = await chat(simulator, { headers });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('3');
    expect(response.headers.get('retry-after-ms')).toBe('2500');
    expect(await response.json()).toMatchObject({
      error: { type: 'requests', param: null, code: 'rate_limit_exceeded' },
    });
  });

  it('is over for a retry of the official client that comes after it', async () => {
    const timeline = parseTimeline(
      'incidents: [{ at: 0s, for: 1s, kind: rate-limit, retryAfterSeconds: 1 }]',
      'test',
    );
    const simulator = await start({ timeline });
    const client = new OpenAI({
      apiKey: 'any',
      baseURL: `${simulator.url}/v1`,
      maxRetries: 1,
      fetch: async (...request) => {
        const response = await fetch(...request);
        simulator.clock.nowMs = 1_000;
        return response;
      },
    });
    await client.chat.completions.create({ model: 'fast', messages: [{ role: 'user', content: 'hello' }] });
    expect(simulator.stats().total).toMatchObject({ requests: 2, succeeded: 1, failed: { 429: 1 } });
  });
});

describe('latency', () => {
  it('multiplies the time to the first token', async () => {
    const simulator = await start();
    const firstTokenMs = async (headers: Record<string, string> = {}) => {
      const response = await chat(simulator, { headers: { 'x-simulator-key': 'one', ...headers } });
      return Number(response.headers.get('x-simulator-first-token-ms'));
    };
    const slow = await firstTokenMs({ 'x-simulator-fault': 'latency; factor=4' });
    expect(slow / (await firstTokenMs())).toBeCloseTo(4, 4);
  });

  it('lets a later request overtake', async () => {
    const simulator = await start({ timeScale: 10 });
    const finished: string[] = [];
    const headers = { 'x-simulator-key': 'one', 'x-simulator-output-tokens': '1' };
    const slowHeaders = { ...headers, 'x-simulator-fault': 'latency; factor=20' };
    const slow = chat(simulator, { headers: slowHeaders }).then(() => finished.push('slow'));
    await expect.poll(() => simulator.stats().total.inFlight).toBe(1);
    const quick = chat(simulator, { headers }).then(() => finished.push('quick'));
    await Promise.all([slow, quick]);
    expect(finished).toEqual(['quick', 'slow']);
  });
});

describe('a cut', () => {
  it.each([0, 1, 5, 40])('destroys the connection after %i tokens', async (afterTokens) => {
    const simulator = await start();
    const headers = {
      'x-simulator-fault': `cut-stream; afterTokens=${afterTokens}`,
      'x-simulator-output-tokens': '100',
    };
    const { text, error } = await readStream(await chat(simulator, { stream: true, headers }));
    expect(text).toHaveLength(4 * afterTokens);
    expect(error).toBeInstanceOf(TypeError);
    expect(simulator.stats().total).toMatchObject({ cut: 1, succeeded: 0, inFlight: 0, tokensOutput: 0 });
  });

  it('takes the end mark from an answer that is shorter', async () => {
    const simulator = await start();
    const headers = { 'x-simulator-fault': 'cut-stream; afterTokens=50', 'x-simulator-output-tokens': '7' };
    const { text, error } = await readStream(await chat(simulator, { stream: true, headers }));
    expect(text).toHaveLength(28);
    expect(error).toBeInstanceOf(TypeError);
  });

  it('leaves a plain answer unsent', async () => {
    const simulator = await start();
    await expect(chat(simulator, { headers: { 'x-simulator-fault': 'cut-stream' } })).rejects.toThrow(
      TypeError,
    );
    expect(simulator.stats().total).toMatchObject({ cut: 1, succeeded: 0, inFlight: 0 });
  });
});

describe('a hang', () => {
  it('lasts until the client leaves, and holds up nobody else', async () => {
    const simulator = await start();
    const leave = new AbortController();
    const hanging = chat(simulator, { headers: { 'x-simulator-fault': 'hang' }, signal: leave.signal });
    const left = expect(hanging).rejects.toThrow('aborted');
    await expect.poll(() => simulator.stats().total.inFlight).toBe(1);
    for (let count = 0; count < 20; count++) expect((await chat(simulator)).status).toBe(200);
    expect(simulator.stats().total.inFlight).toBe(1);
    leave.abort();
    await left;
    await expect
      .poll(() => simulator.stats().total)
      .toMatchObject({ inFlight: 0, abandoned: 1, succeeded: 20 });
  });
});

describe('a client that leaves', () => {
  it.each([
    ['before the first token', { timeScale: 0.001 }, false],
    ['before the plain answer', { timeScale: 0.001, stream: false }, false],
    ['in the middle of a stream', { models: { fast: { tokensPerSecond: 0.001 } } }, true],
  ])('%s frees its request', async (_when, options, readsFirst) => {
    const { stream = true, ...startOptions } = options as { stream?: boolean } & StartSimulatorOptions;
    const simulator = await start(startOptions);
    const leave = new AbortController();
    const headers = { 'x-simulator-output-tokens': '1000' };
    const response = chat(simulator, { stream, headers, signal: leave.signal });
    if (readsFirst) await (await response).body?.getReader().read();
    const left = readsFirst ? undefined : expect(response).rejects.toThrow('aborted');
    await expect.poll(() => simulator.stats().total.inFlight).toBe(1);
    leave.abort();
    await left;
    await expect
      .poll(() => simulator.stats().total)
      .toMatchObject({ inFlight: 0, abandoned: 1, succeeded: 0 });
  });
});

it('fails with the drawn statuses, in the shape of OpenAI', async () => {
  for (const status of [429, 500, 503] as const) {
    const simulator = await start({ models: { fast: { errorRate: { [status]: 1 } } } });
    const response = await chat(simulator, { stream: true });
    expect(response.status).toBe(status);
    expect(Object.keys(((await response.json()) as { error: object }).error).toSorted()).toEqual([
      'code',
      'message',
      'param',
      'type',
    ]);
    expect(simulator.stats().total).toMatchObject({ requests: 1, failed: { [status]: 1 }, inFlight: 0 });
  }
});

it('draws anew for a retry of the official client', async () => {
  const simulator = await start({ models: { fast: { errorRate: { 500: 0.5 } } } });
  const client = new OpenAI({
    apiKey: 'any',
    baseURL: `${simulator.url}/v1`,
    maxRetries: 1,
  });
  const keys = Array.from({ length: 40 }, (_, index) => `key-${index}`);
  const ends = await Promise.all(
    keys.map((key) =>
      client.chat.completions
        .create(
          { model: 'fast', messages: [{ role: 'user', content: 'hello' }] },
          { headers: { 'x-simulator-key': key } },
        )
        .then(
          () => 'answered',
          () => 'failed',
        ),
    ),
  );
  const { requests, succeeded } = simulator.stats().total;
  expect(succeeded).toBe(ends.filter((end) => end === 'answered').length);
  // More answers than first tries that succeed: some retries did.
  expect(requests - 40).toBeGreaterThan(40 - succeeded);
});
