import { SignalboxError } from './signalbox-error.js';

/** ClickHouse does not answer, or refuses the login. */
export class StoreUnavailableError extends SignalboxError {
  constructor({ url, reason, cause }: { url: string; reason: string; cause?: unknown }) {
    super(
      'store-unavailable',
      `ClickHouse at ${url} is not available: ${reason}. Check that it runs, and the url, username and password under \`clickhouse\`.`,
      { cause },
    );
  }
}
