const TIMEOUT_CODES: ReadonlySet<string> = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

const SYSTEM_CODE = /^(E[A-Z]{3,}|UND_ERR_[A-Z_]+|ERR_(TLS|SSL|STREAM)[A-Z_]*|CERT_[A-Z_]+)$/;

/** Longest chain of causes that is followed. */
const MAX_DEPTH = 8;

/**
 * The code of the operating system or of the HTTP client (`ECONNRESET`, `UND_ERR_SOCKET`) behind an error: the first one
 * in its chain of causes, or `null`. Errors by the names `TimeoutError` and `AbortError` count as `ETIMEDOUT` and
 * `ECONNABORTED`, because they carry no code.
 */
export const findSystemCode = (error: unknown): string | null => {
  let current = error;
  for (let depth = 0; depth < MAX_DEPTH && current instanceof Error; depth += 1) {
    if ('code' in current && typeof current.code === 'string' && SYSTEM_CODE.test(current.code)) {
      return current.code;
    }
    if (current.name === 'TimeoutError') return 'ETIMEDOUT';
    if (current.name === 'AbortError') return 'ECONNABORTED';
    current = current.cause;
  }
  return null;
};

/** True for the codes that mean "took too long". */
export const isTimeoutCode = (code: string): boolean => TIMEOUT_CODES.has(code);
