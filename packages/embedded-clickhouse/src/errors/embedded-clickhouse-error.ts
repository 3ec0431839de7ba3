const MARKER = Symbol.for('signalbox.embedded-clickhouse.error');

/** Every code this package throws, with its meaning. Codes are stable and never reused. */
export const EMBEDDED_CLICKHOUSE_ERROR_CODES = {
  'embedded-clickhouse-directory-locked': 'Another server uses the directory.',
  'embedded-clickhouse-directory-unusable': 'The directory cannot be made, read or written.',
  'embedded-clickhouse-invalid-option': 'An option has a value that cannot be used.',
  'embedded-clickhouse-library-missing': "The platform's package is not installed.",
  'embedded-clickhouse-port-taken': 'A given port is in use.',
  'embedded-clickhouse-start-failed': 'The server ended before it was ready; the message has its last lines.',
  'embedded-clickhouse-start-timeout': 'The server did not answer in time, and was stopped.',
  'embedded-clickhouse-unsupported-platform': 'There is no library for this platform.',
} as const;

/** A code of the registry. */
export type EmbeddedClickHouseErrorCode = keyof typeof EMBEDDED_CLICKHOUSE_ERROR_CODES;

/**
 * The base of every error this package throws. `message` says what happened, with the value, then what to do.
 * `isInstance` works across duplicate copies of the package, where `instanceof` does not.
 */
export class EmbeddedClickHouseError extends Error {
  readonly code: EmbeddedClickHouseErrorCode;
  readonly [MARKER] = true;

  constructor(code: EmbeddedClickHouseErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }

  /** True for any `EmbeddedClickHouseError`; give a code to narrow further. */
  static isInstance(value: unknown, code?: EmbeddedClickHouseErrorCode): value is EmbeddedClickHouseError {
    return (
      typeof value === 'object' &&
      value !== null &&
      MARKER in value &&
      (code === undefined || (value as { code?: unknown }).code === code)
    );
  }
}
