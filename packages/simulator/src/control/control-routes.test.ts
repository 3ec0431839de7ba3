import { expect, it, onTestFinished } from 'vitest';
import { parseTimeline } from '../incidents/parse-timeline.js';
import { startSimulator } from '../start-simulator.js';

const start = async () => {
  const clock = { nowMs: 5_000 };
  const timeline = parseTimeline('incidents: [{ at: 1m, for: 10s, kind: hang }]', 'test');
  const models = { m: { ownedBy: 'openai' } };
  const simulator = await startSimulator({ models, timeline, timeScale: 1_000, now: () => clock.nowMs });
  onTestFinished(() => simulator.close());
  const control = async (method: string, path: string, body?: string) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${simulator.url}/simulator/${path}`, {
      method,
      headers,
      ...(body && { body }),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };
  const chat = async () => {
    const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'hello' }] });
    const headers = { 'x-simulator-output-tokens': '3' };
    return (await fetch(`${simulator.url}/v1/chat/completions`, { method: 'POST', headers, body })).status;
  };
  return { clock, control, chat };
};

it('starts an incident now, lists it and ends it', async () => {
  const { clock, control, chat } = await start();
  const incident = {
    id: 'incident-1',
    kind: 'outage',
    model: 'openai',
    share: 1,
    atMs: 5_000,
    forMs: 20_000,
  };
  const started = await control('POST', 'incidents', '{"kind":"outage","model":"openai","for":"20s"}');
  expect(started).toEqual({ status: 201, body: incident });
  expect(await chat()).toBe(503);
  const scripted = { id: 'timeline-1', kind: 'hang', model: '*', share: 1, atMs: 60_000, forMs: 10_000 };
  expect((await control('GET', 'incidents')).body).toEqual({
    nowMs: 5_000,
    incidents: [
      { ...incident, state: 'active' },
      { ...scripted, state: 'scheduled' },
    ],
  });
  clock.nowMs = 25_000;
  expect(await chat()).toBe(200);
  clock.nowMs = 6_000;
  expect(await control('DELETE', 'incidents/incident-1')).toEqual({ status: 200, body: { ended: 1 } });
  expect(await chat()).toBe(200);
});

it('keeps an incident without a length until it is ended', async () => {
  const { clock, control, chat } = await start();
  await control('POST', 'incidents', '{"kind":"rate-limit"}');
  clock.nowMs = 1e9;
  expect(await chat()).toBe(429);
  expect(await control('DELETE', 'incidents')).toEqual({ status: 200, body: { ended: 2 } });
  expect(await chat()).toBe(200);
});

it.each([
  ['{"kind":"outge"}', 'kind is "outge". Allowed: outage, latency, rate-limit, cut-stream, hang.'],
  ['{"kind":"outage","model":"n"}', "model is 'n'. Allowed: *, openai, m."],
  ['{"kind":"outage","for":20}', 'for is 20. Write a duration with a unit'],
  ['[]', 'The JSON body is [].'],
  ['{', 'JSON'],
])('refuses the incident %s', async (body, message) => {
  const { control } = await start();
  expect(await control('POST', 'incidents', body)).toEqual({
    status: 400,
    body: { error: expect.objectContaining({ message: expect.stringContaining(message) }) },
  });
});

it('answers 404 for an incident it does not have', async () => {
  const { control } = await start();
  expect(await control('DELETE', 'incidents/incident-9')).toMatchObject({ status: 404 });
});

it('shows its counts', async () => {
  const { control, chat } = await start();
  await chat();
  const counts = {
    requests: 1,
    succeeded: 1,
    failed: {},
    cut: 0,
    abandoned: 0,
    inFlight: 0,
    tokensInput: 2,
    tokensOutput: 3,
  };
  expect(await control('GET', 'stats')).toEqual({
    status: 200,
    body: { nowMs: 5_000, total: counts, models: { m: counts }, rejected: {} },
  });
});
