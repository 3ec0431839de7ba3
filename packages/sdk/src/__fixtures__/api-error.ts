import { APICallError } from '@ai-sdk/provider';

/** An error as a provider of the AI SDK throws it for an HTTP answer; `body` is the vendor's error object. */
export const apiError = (statusCode: number, body: { message?: string; code?: string; type?: string } = {}) =>
  new APICallError({
    message: body.message ?? `status ${statusCode}`,
    url: 'http://127.0.0.1/v1/chat/completions',
    requestBodyValues: {},
    statusCode,
    data: { error: body },
  });
