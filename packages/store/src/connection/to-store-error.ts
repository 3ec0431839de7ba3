import { ClickHouseError } from '@clickhouse/client';
import { StoreUnavailableError } from '@signalbox/spec';

// REQUIRED_PASSWORD, UNKNOWN_USER, WRONG_PASSWORD, AUTHENTICATION_FAILED, IP_ADDRESS_NOT_ALLOWED.
const LOGIN_CODES: ReadonlySet<string> = new Set(['192', '193', '194', '195', '516']);

/**
 * What a failed request is to the caller: a refused login and everything that is not an answer of ClickHouse (no
 * connection, a reset, a proxy's page) is a `StoreUnavailableError`; other answers stay the `ClickHouseError` they are.
 */
export function toStoreError(url: string, error: unknown): unknown {
  if (error instanceof StoreUnavailableError) return error;
  if (error instanceof ClickHouseError) {
    return LOGIN_CODES.has(error.code)
      ? new StoreUnavailableError({ url, reason: 'the login was refused', cause: error })
      : error;
  }
  return new StoreUnavailableError({ url, reason: reasonOf(error), cause: error });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A refused connection to a name with several addresses is an AggregateError without a message.
  if (error.message !== '') return error.message;
  return 'code' in error ? String(error.code) : error.name;
}
