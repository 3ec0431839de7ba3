import { SignalboxError } from './signalbox-error.js';

/** ClickHouse does not answer, or refuses the login. */
export class StoreUnavailableError extends SignalboxError {
  /** True when ClickHouse answers, but not to this user. Waiting does not help. */
  readonly loginRefused: boolean;

  constructor({
    url,
    reason,
    loginRefused = false,
    cause,
  }: {
    url: string;
    reason: string;
    loginRefused?: boolean;
    cause?: unknown;
  }) {
    super(
      'store-unavailable',
      `ClickHouse at ${url} is not available: ${reason}. Check that it runs, and the url, username and password under \`clickhouse\`.`,
      { cause },
    );
    this.loginRefused = loginRefused;
  }
}
