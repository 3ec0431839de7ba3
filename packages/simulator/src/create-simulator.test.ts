import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, it, onTestFinished } from 'vitest';
import { createSimulator } from './create-simulator.js';
import { type StartSimulatorOptions, startSimulator } from './start-simulator.js';

const start = async (options: StartSimulatorOptions = {}) => {
  const simulator = await startSimulator({ timeScale: 1_000, ...options });
  onTestFinished(() => simulator.close());
  return simulator;
};
const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'hello' }] });
const chat = (url: string, init: RequestInit = {}) =>
  fetch(`${url}/chat/completions`, { method: 'POST', body, ...init });

it.each([
  ['POST', '/v1/embeddings'],
  ['POST', '/chat/completions'],
  ['POST', '/nowhere/v1/chat/completions'],
  ['GET', '/nowhere/v1/models'],
  ['GET', '/v1/chat/completions'],
])('answers 404 to %s %s', async (method, path) => {
  const { url } = await start({ providers: ['openai'] });
  const response = await fetch(url + path, { method });
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({
    error: {
      message: `Invalid URL (${method} ${path})`,
      type: 'invalid_request_error',
      param: null,
      code: 'unknown_url',
    },
  });
});

it('serves the same wire under every provider', async () => {
  const { url, stats } = await start({
    models: { m: { ownedBy: 'openai' } },
    providers: ['azure', 'mistral'],
  });
  for (const prefix of ['', '/openai', '/azure', '/mistral']) {
    expect((await chat(`${url}${prefix}/v1`)).status).toBe(200);
  }
  expect(stats().models.m).toMatchObject({ requests: 4, succeeded: 4 });
});

it('lists its models', async () => {
  const { url } = await start({ models: { 'gpt-5': { ownedBy: 'openai' }, local: {} } });
  for (const path of ['/v1/models', '/openai/v1/models']) {
    expect(await (await fetch(url + path)).json()).toEqual({
      object: 'list',
      data: [
        { id: 'gpt-5', object: 'model', created: 0, owned_by: 'openai' },
        { id: 'local', object: 'model', created: 0, owned_by: 'simulator' },
      ],
    });
  }
});

it('asks for its key on every route but the health check', async () => {
  const { url, stats } = await start({ apiKey: 'secret' });
  const paths = ['/v1/models', '/simulator/stats', '/simulator/incidents'];
  for (const path of paths) expect((await fetch(url + path)).status).toBe(401);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const wrong = await chat(`${url}/v1`, { headers: { authorization: 'Bearer wrong' } });
  expect(wrong.status).toBe(401);
  expect(await wrong.json()).toMatchObject({
    error: { code: 'invalid_api_key', type: 'invalid_request_error' },
  });
  expect((await chat(`${url}/v1`, { headers: { authorization: 'Bearer secret' } })).status).toBe(200);
  expect(stats()).toMatchObject({ rejected: { 401: 1 }, total: { requests: 1 } });
});

it('answers 413 to a body over the limit, also one that inflates beyond it', async () => {
  const { url, stats } = await start({ maxBodyBytes: 1_000 });
  const large = 'x'.repeat(1_001);
  const gzipped = await new Response(
    new Blob([large]).stream().pipeThrough(new CompressionStream('gzip')),
  ).bytes();
  const answers = [
    await chat(`${url}/v1`, { body: large }),
    await chat(`${url}/v1`, { body: gzipped, headers: { 'content-encoding': 'gzip' } }),
  ];
  for (const answer of answers) {
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ error: { code: 'request_too_large' } });
  }
  expect(stats().rejected).toEqual({ 413: 2 });
});

it('answers in the same shape where the transport is at fault', async () => {
  const { url } = await start();
  const badGzip = await chat(`${url}/v1`, { headers: { 'content-encoding': 'gzip' } });
  expect(badGzip.status).toBe(400);
  expect(await badGzip.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
  const unknown = await chat(`${url}/v1`, { headers: { 'content-encoding': 'lzma' } });
  expect(unknown.status).toBe(415);
});

it('refuses what comes above its limit of calls in flight', async () => {
  const { url, stats } = await start({ maxInFlight: 1 });
  const leave = new AbortController();
  const hanging = chat(`${url}/v1`, { headers: { 'x-simulator-fault': 'hang' }, signal: leave.signal });
  const left = expect(hanging).rejects.toThrow('aborted');
  await expect.poll(() => stats().total.inFlight).toBe(1);
  const refused = await chat(`${url}/v1`);
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('1');
  leave.abort();
  await left;
  await expect.poll(() => stats().total.inFlight).toBe(0);
  expect((await chat(`${url}/v1`)).status).toBe(200);
  expect(stats().rejected).toEqual({ 503: 1 });
});

it('mounts in another express app', async () => {
  const { app, stats } = createSimulator({ timeScale: 1_000, providers: ['openai'] });
  const server = createServer(express().use('/fake', app)).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await expect.poll(() => server.listening).toBe(true);
  const { port } = server.address() as AddressInfo;
  expect((await chat(`http://127.0.0.1:${port}/fake/openai/v1`)).status).toBe(200);
  expect(stats().total.succeeded).toBe(1);
});
