const MARKER = Symbol.for('signalbox.embedded-clickhouse.error');

/** Every code this package throws. Codes are stable and never reused. */
export type EmbeddedClickHouseErrorCode =
  | 'embedded-clickhouse-directory-locked'
  | 'embedded-clickhouse-directory-unusable'
  | 'embedded-clickhouse-invalid-option'
  | 'embedded-clickhouse-library-missing'
  | 'embedded-clickhouse-port-taken'
  | 'embedded-clickhouse-start-failed'
  | 'embedded-clickhouse-start-timeout'
  | 'embedded-clickhouse-unsupported-platform';

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
