import OpenAI from 'openai';
import { expect, it, onTestFinished } from 'vitest';
import { type StartSimulatorOptions, startSimulator } from '../start-simulator.js';
import { promptOfTokens } from '../text/prompt-of-tokens.js';

const start = async (options: StartSimulatorOptions = {}) => {
  const simulator = await startSimulator({
    timeScale: 1_000,
    models: { 'gpt-5': { ownedBy: 'openai' } },
    ...options,
  });
  onTestFinished(() => simulator.close());
  const client = new OpenAI({ apiKey: 'any', baseURL: `${simulator.url}/openai/v1`, maxRetries: 0 });
  return { ...simulator, client };
};
const ask = (tokens: number) => ({
  model: 'gpt-5',
  messages: [{ role: 'user' as const, content: promptOfTokens(tokens, tokens) }],
});
async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
const outputTokens = (tokens: number) => ({ headers: { 'x-simulator-output-tokens': `${tokens}` } });

it('answers the official client', async () => {
  const { client } = await start();
  const answer = await client.chat.completions.create(ask(16), outputTokens(10));
  expect(answer).toMatchObject({
    object: 'chat.completion',
    model: 'gpt-5',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', refusal: null } }],
    usage: { prompt_tokens: 16, completion_tokens: 10, total_tokens: 26 },
  });
  expect(answer.choices[0]?.message.content).toHaveLength(40);
});

it('streams to the official client: role, text, finish, usage', async () => {
  const { client } = await start();
  const request = { ...ask(16), stream: true as const, stream_options: { include_usage: true } };
  const chunks = await collect(await client.chat.completions.create(request, outputTokens(300)));
  const [first, ...rest] = chunks;
  const usage = rest.pop();
  const finish = rest.pop();
  expect(first?.choices[0]?.delta).toEqual({ role: 'assistant', content: '', refusal: null });
  expect(rest.map(({ choices }) => choices[0]?.delta.content).join('')).toHaveLength(1_200);
  expect(rest.length).toBeGreaterThan(1);
  expect(finish?.choices[0]).toMatchObject({ delta: {}, finish_reason: 'stop' });
  expect(usage).toMatchObject({
    choices: [],
    usage: { prompt_tokens: 16, completion_tokens: 300, total_tokens: 316 },
  });
  expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
});

it('streams the same text that it answers plainly, and no usage unless asked', async () => {
  const { client } = await start();
  const options = { headers: { 'x-simulator-key': 'one' } };
  const plain = await client.chat.completions.create(ask(5), options);
  const chunks = await collect(await client.chat.completions.create({ ...ask(5), stream: true }, options));
  const text = chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
  expect(text).toBe(plain.choices[0]?.message.content);
  expect(chunks.every((chunk) => !('usage' in chunk) && chunk.choices.length === 1)).toBe(true);
});

it('ends a stream with [DONE]', async () => {
  const { url } = await start();
  const body = JSON.stringify({ ...ask(1), stream: true });
  const response = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body });
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(await response.text()).toMatch(/^(data: \{.*\}\n\n)+data: \[DONE\]\n\n$/);
});

it('cuts an answer at the limit of the request', async () => {
  const { client } = await start();
  const answer = await client.chat.completions.create({ ...ask(5), max_completion_tokens: 1 });
  expect(answer.choices[0]).toMatchObject({
    finish_reason: 'length',
    message: { content: expect.stringMatching(/^.{4}$/) },
  });
  expect(answer.usage?.completion_tokens).toBe(1);
});

it('reports cached and reasoning tokens as the profile says', async () => {
  const { client } = await start({
    models: { 'gpt-5': { ownedBy: 'openai', cachedShare: 0.5, reasoningShare: 0.3 } },
  });
  const { usage, choices } = await client.chat.completions.create(ask(11), outputTokens(10));
  expect(usage).toMatchObject({
    prompt_tokens: 11,
    prompt_tokens_details: { cached_tokens: 5 },
    completion_tokens: 10,
    completion_tokens_details: { reasoning_tokens: 3 },
  });
  expect(choices[0]?.message.content).toHaveLength(28);
});

it('adds up tokens exactly, plain and streamed', async () => {
  const { client, stats } = await start();
  const sizes = Array.from({ length: 60 }, (_, index) => ({
    input: (index * 37) % 501,
    output: (index * 13) % 90,
  }));
  await Promise.all(
    sizes.map(async ({ input, output }, index) => {
      if (index % 2 === 0) return client.chat.completions.create(ask(input), outputTokens(output));
      const stream = await client.chat.completions.create(
        { ...ask(input), stream: true },
        outputTokens(output),
      );
      return collect(stream);
    }),
  );
  const sum = (key: 'input' | 'output') => sizes.reduce((total, size) => total + size[key], 0);
  const expected = {
    requests: 60,
    succeeded: 60,
    inFlight: 0,
    tokensInput: sum('input'),
    tokensOutput: sum('output'),
  };
  expect(stats().models['gpt-5']).toMatchObject(expected);
  expect(stats().total).toMatchObject(expected);
});

it('gives the official client its own error classes', async () => {
  const { client } = await start({ models: { 'gpt-5': { contextTokens: 10 } }, providers: ['openai'] });
  const { completions } = client.chat;
  await expect(completions.create({ ...ask(1), model: 'gpt-6' })).rejects.toMatchObject({
    constructor: OpenAI.NotFoundError,
    code: 'model_not_found',
  });
  await expect(completions.create(ask(11))).rejects.toMatchObject({
    constructor: OpenAI.BadRequestError,
    code: 'context_length_exceeded',
    message: expect.stringContaining(
      'maximum context length is 10 tokens. However, your messages resulted in 11',
    ),
  });
  await expect(completions.create({ model: 'gpt-5', messages: [] })).rejects.toMatchObject({
    constructor: OpenAI.BadRequestError,
    param: 'messages',
  });
});

it.each([
  ['x-simulator-fault', 'nope'],
  ['x-simulator-output-tokens', '-1'],
  ['x-simulator-output-tokens', '1.5'],
  ['x-simulator-output-tokens', '1000001'],
  ['x-simulator-output-tokens', ''],
  ['x-simulator-key', 'x'.repeat(257)],
])('refuses header %s: %s', async (name, value) => {
  const { client, stats } = await start();
  await expect(client.chat.completions.create(ask(1), { headers: { [name]: value } })).rejects.toMatchObject({
    status: 400,
    param: name,
  });
  expect(stats()).toMatchObject({ rejected: { 400: 1 }, total: { requests: 0 } });
});
