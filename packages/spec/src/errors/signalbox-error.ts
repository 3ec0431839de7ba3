import type { ErrorCode } from './error-code.js';

const MARKER = Symbol.for('signalbox.error');

/**
 * The base of the errors that callers and operators can meet. `message` says what happened, with the value, then what to do.
 * `isInstance` works across duplicate copies of the package, where `instanceof` does not.
 */
export class SignalboxError extends Error {
  readonly code: ErrorCode;
  readonly [MARKER] = true;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }

  /** True for any `SignalboxError`; give a code to narrow further. */
  static isInstance(value: unknown, code?: ErrorCode): value is SignalboxError {
    return (
      typeof value === 'object' &&
      value !== null &&
      MARKER in value &&
      (code === undefined || (value as { code?: unknown }).code === code)
    );
  }
}
