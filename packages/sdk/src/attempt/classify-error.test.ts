import {
  APICallError,
  JSONParseError,
  LoadAPIKeyError,
  NoSuchModelError,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { apiError } from '../__fixtures__/api-error.js';
import { classifyError } from './classify-error.js';

const withCode = (code: string): Error => Object.assign(new Error(`socket: ${code}`), { code });

const network = (cause: Error) =>
  new APICallError({ message: 'Cannot connect to API', url: 'http://x', requestBodyValues: {}, cause });

describe('classifyError', () => {
  it.each([
    ['400', apiError(400), 'invalid-request', false],
    ['401', apiError(401), 'auth', true],
    ['402', apiError(402), 'auth', true],
    ['403', apiError(403), 'auth', true],
    ['404', apiError(404), 'invalid-request', true],
    ['408', apiError(408), 'timeout', true],
    ['413', apiError(413), 'context-too-long', true],
    ['422', apiError(422), 'invalid-request', false],
    ['429', apiError(429), 'rate-limit', true],
    ['500', apiError(500), 'server', true],
    ['502', apiError(502), 'server', true],
    ['503', apiError(503), 'overloaded', true],
    ['504', apiError(504), 'timeout', true],
    ['529', apiError(529), 'overloaded', true],
    ['an unreadable 200', apiError(200), 'server', true],
  ])('classifies HTTP status %s', (_name, error, type, elsewhere) => {
    expect(classifyError(error, undefined)).toMatchObject({ failure: { type }, elsewhere });
  });

  it.each([
    ['OpenAI, too long', 400, { code: 'context_length_exceeded' }, 'context-too-long'],
    ['Anthropic, too long', 400, { message: 'prompt is too long: 210000 tokens' }, 'context-too-long'],
    [
      'Google, too long',
      400,
      { message: 'The input token count (9) exceeds the maximum' },
      'context-too-long',
    ],
    ['an output limit', 400, { message: 'max_tokens exceeds the limit of the model' }, 'invalid-request'],
    ['Azure, filter', 400, { code: 'content_filter' }, 'content-filter'],
    ['OpenAI, filter', 400, { code: 'content_policy_violation' }, 'content-filter'],
    ['Anthropic, overloaded', 500, { type: 'overloaded_error' }, 'overloaded'],
    ['rate limit that names the context', 429, { message: 'context window budget used up' }, 'rate-limit'],
  ])('reads the vendor body: %s', (_name, status, body, type) => {
    expect(classifyError(apiError(status, body), undefined).failure.type).toBe(type);
  });

  it.each([
    ['connection refused', network(withCode('ECONNREFUSED')), 'network'],
    ['connect timeout', network(withCode('UND_ERR_CONNECT_TIMEOUT')), 'timeout'],
    ['body cut off', new TypeError('terminated', { cause: withCode('UND_ERR_SOCKET') }), 'network'],
    ['a time limit of the provider', new DOMException('too slow', 'TimeoutError'), 'timeout'],
    ['an abort that is not the caller’s', new DOMException('gone', 'AbortError'), 'network'],
    ['a missing key', new LoadAPIKeyError({ message: 'no key' }), 'auth'],
    [
      'a model that is not there',
      new NoSuchModelError({ modelId: 'x', modelType: 'languageModel' }),
      'invalid-request',
    ],
    [
      'a feature that is not there',
      new UnsupportedFunctionalityError({ functionality: 'x' }),
      'invalid-request',
    ],
    ['an answer that is no JSON', new JSONParseError({ text: 'secret', cause: new Error() }), 'server'],
    ['a plain error', new Error('hm'), 'unknown'],
    ['something thrown', 42, 'unknown'],
  ])('classifies %s', (_name, error, type) => {
    expect(classifyError(error, undefined)).toMatchObject({
      failure: { type, status: null },
      elsewhere: true,
    });
  });

  it.each([
    [{ message: 'slow down', type: 'rate_limit_error' }, 'rate-limit'],
    [{ type: 'error', error: { type: 'overloaded_error', message: 'busy' } }, 'overloaded'],
    [{ message: 'oops', code: 'server_error' }, 'server'],
    [{ message: 'no', type: 'invalid_request_error', code: 'context_length_exceeded' }, 'context-too-long'],
    ['just words', 'unknown'],
  ])('classifies an error object in a stream: %j', (error, type) => {
    expect(classifyError(error, undefined).failure.type).toBe(type);
  });

  it('is a cancellation once the caller’s signal aborted, whatever the error', () => {
    const signal = AbortSignal.abort();
    expect(classifyError(apiError(500), signal)).toEqual({
      failure: { type: 'cancelled', message: 'The caller cancelled the call.', status: null },
      elsewhere: false,
    });
  });

  it('is a timeout when the caller’s signal was a time limit', () => {
    const signal = AbortSignal.abort(new DOMException('late', 'TimeoutError'));
    expect(classifyError(signal.reason, signal)).toMatchObject({
      failure: { type: 'timeout' },
      elsewhere: false,
    });
  });

  it('keeps the status and one bounded line of the message', () => {
    const { failure } = classifyError(apiError(500, { message: `${'x'.repeat(400)}\nstack` }), undefined);
    expect(failure.status).toBe(500);
    expect(failure.message).toHaveLength(300);
    expect(failure.message).not.toContain('stack');
  });

  it('does not quote an answer that could not be parsed', () => {
    const { failure } = classifyError(new JSONParseError({ text: 'secret', cause: new Error() }), undefined);
    expect(failure.message).not.toContain('secret');
  });
});
