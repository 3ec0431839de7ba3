import { ClickHouseError } from '@clickhouse/client';
import { StoreUnavailableError } from '@signalbox/spec';

/** The server that a request goes to and the user that it is made as, for messages. */
export type Login = { url: string; username: string };

const LOGIN_CODES: ReadonlySet<string> = new Set([
  '192', // UNKNOWN_USER
  '193', // WRONG_PASSWORD
  '194', // REQUIRED_PASSWORD
  '195', // IP_ADDRESS_NOT_ALLOWED
  '516', // AUTHENTICATION_FAILED
  '700', // USER_SESSION_LIMIT_EXCEEDED: the embedded server allows nobody a session as `default`
]);

/** One node of a cluster did not reach another. */
const SHARD_CODES: ReadonlySet<string> = new Set([
  '32', // ATTEMPT_TO_READ_AFTER_EOF
  '209', // SOCKET_TIMEOUT
  '210', // NETWORK_ERROR
  '279', // ALL_CONNECTION_TRIES_FAILED
]);

/**
 * What a failed request is to the caller: a refused login, a shard that does not answer and everything that is
 * not an answer of ClickHouse (no connection, a reset, a proxy's page) is a `StoreUnavailableError`; other answers stay the `ClickHouseError` they are.
 */
export function toStoreError({ url, username }: Login, error: unknown): unknown {
  if (error instanceof StoreUnavailableError) return error;
  if (error instanceof ClickHouseError) {
    if (SHARD_CODES.has(error.code)) {
      return new StoreUnavailableError({
        url,
        reason: 'a shard of its cluster does not answer',
        cause: error,
      });
    }
    if (!LOGIN_CODES.has(error.code)) return error;
    const reason = `the login as "${username}" was refused`;
    return new StoreUnavailableError({ url, reason, loginRefused: true, cause: error });
  }
  return new StoreUnavailableError({ url, reason: reasonOf(error), cause: error });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A refused connection to a name with several addresses is an AggregateError without a message.
  if (error.message !== '') return error.message;
  return 'code' in error ? String(error.code) : error.name;
}
