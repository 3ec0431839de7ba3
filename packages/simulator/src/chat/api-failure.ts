/** An answer that is an error, in the shape of OpenAI's API. */
export type ApiFailure = {
  status: number;
  error: { message: string; type: string; param: string | null; code: string | null };
  /** Sets the headers `retry-after` (whole seconds, rounded up) and `retry-after-ms`. Real seconds. */
  retryAfterSeconds?: number;
};

/** Returns a 400: the request itself is wrong. */
export function invalidRequest(
  message: string,
  param: string | null = null,
  code: string | null = null,
): ApiFailure {
  return { status: 400, error: { message, type: 'invalid_request_error', param, code } };
}

/** Returns the 401 of a missing or wrong key. */
export function invalidApiKey(): ApiFailure {
  const message =
    'Incorrect API key provided. Send the key of the simulator as `Authorization: Bearer <key>`.';
  return {
    status: 401,
    error: { message, type: 'invalid_request_error', param: null, code: 'invalid_api_key' },
  };
}

/** Returns the 404 of a model that the simulator does not have. */
export function modelNotFound(model: string): ApiFailure {
  const message = `The model \`${model.slice(0, 200)}\` does not exist or you do not have access to it.`;
  return {
    status: 404,
    error: { message, type: 'invalid_request_error', param: null, code: 'model_not_found' },
  };
}

/** Returns the 404 of a path. */
export function unknownUrl(method: string, path: string): ApiFailure {
  const message = `Invalid URL (${method} ${path})`;
  return { status: 404, error: { message, type: 'invalid_request_error', param: null, code: 'unknown_url' } };
}

/** Returns the 413 of a body over the limit. */
export function bodyTooLarge(maxBytes: number): ApiFailure {
  const message = `The request body is larger than ${maxBytes} bytes.`;
  return {
    status: 413,
    error: { message, type: 'invalid_request_error', param: null, code: 'request_too_large' },
  };
}

/** Returns the failure of a drawn error or an incident. */
export function providerFailure(status: 429 | 500 | 503, model: string): ApiFailure {
  return { status, error: { param: null, ...PROVIDER_ERRORS[status](model) } };
}

const PROVIDER_ERRORS = {
  429: (model: string) => ({
    message: `Rate limit reached for ${model} on requests per min (RPM). Please try again later.`,
    type: 'requests',
    code: 'rate_limit_exceeded',
  }),
  500: () => ({
    message: 'The server had an error while processing your request. Sorry about that!',
    type: 'server_error',
    code: null,
  }),
  503: () => ({
    message: 'The engine is currently overloaded, please try again later.',
    type: 'server_error',
    code: 'service_unavailable',
  }),
};
