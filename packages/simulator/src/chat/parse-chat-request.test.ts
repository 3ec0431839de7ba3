import { expect, it } from 'vitest';
import { parseChatRequest } from './parse-chat-request.js';

const parse = (fields: object) => parseChatRequest(Buffer.from(JSON.stringify(fields)));
const user = (content: unknown) => ({ role: 'user', content });
const base = { model: 'm', messages: [user('hello')] };

it('reads model, stream, usage and limit', () => {
  const fields = { ...base, stream: true, stream_options: { include_usage: true }, max_tokens: 5 };
  expect(parse(fields)).toEqual({
    request: { model: 'm', promptTokens: 2, stream: true, includeUsage: true, maxTokens: 5 },
  });
});

it('prefers max_completion_tokens to max_tokens, and takes null for absent', () => {
  expect(parse({ ...base, max_tokens: 5, max_completion_tokens: 7 })).toMatchObject({
    request: { maxTokens: 7 },
  });
  expect(parse({ ...base, max_tokens: 5, max_completion_tokens: null })).toMatchObject({
    request: { maxTokens: 5 },
  });
  expect(parse({ ...base, stream_options: null, n: null })).toMatchObject({ request: { maxTokens: null } });
});

it.each([
  [[user('')], 0],
  [[user('abcd')], 1],
  [[user('abcde')], 2],
  // Characters are summed before they are rounded: two messages of 2 make one token, not two.
  [[{ role: 'system', content: 'ab' }, user('cd')], 1],
  [
    [
      user([
        { type: 'text', text: 'abcd' },
        { type: 'image_url', image_url: { url: 'https://x' } },
      ]),
    ],
    1,
  ],
  [[{ role: 'assistant', content: null, tool_calls: [] }, user('abcd')], 1],
  [[user('日本語で')], 1],
])('counts %j as %i prompt tokens', (messages, promptTokens) => {
  expect(parse({ model: 'm', messages })).toMatchObject({ request: { promptTokens } });
});

it.each([
  ['{', null, null],
  ['', null, null],
  ['[]', null, null],
  ['"text"', null, null],
  ['{}', 'model', 'missing_required_parameter'],
  ['{"model":5}', 'model', 'missing_required_parameter'],
  ['{"model":"m"}', 'messages', 'missing_required_parameter'],
  ['{"model":"m","messages":[]}', 'messages', 'missing_required_parameter'],
  ['{"model":"m","messages":"hello"}', 'messages', 'missing_required_parameter'],
  ['{"model":"m","messages":["hello"]}', 'messages[0]', 'invalid_type'],
  ['{"model":"m","messages":[{"role":"user","content":"a"},{"content":"b"}]}', 'messages[1]', 'invalid_type'],
  ['{"model":"m","messages":[{"role":"user"}],"n":2}', 'n', 'unsupported_value'],
  ['{"model":"m","messages":[{"role":"user"}],"max_tokens":0}', 'max_tokens', 'invalid_value'],
  [
    '{"model":"m","messages":[{"role":"user"}],"max_completion_tokens":"9"}',
    'max_completion_tokens',
    'invalid_value',
  ],
])('answers 400 to %s', (body, param, code) => {
  expect(parseChatRequest(Buffer.from(body))).toEqual({
    failure: {
      status: 400,
      error: { message: expect.any(String), type: 'invalid_request_error', param, code },
    },
  });
});
