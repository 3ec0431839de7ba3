/** Keys of attributes that hold credentials by their meaning: headers, as the HTTP conventions name them. */
export const DEFAULT_REDACTED_ATTRIBUTES: readonly string[] = [
  'http.request.header.authorization',
  'http.request.header.proxy-authorization',
  'http.request.header.cookie',
  'http.request.header.x-api-key',
  'http.request.header.api-key',
  'http.response.header.set-cookie',
];
