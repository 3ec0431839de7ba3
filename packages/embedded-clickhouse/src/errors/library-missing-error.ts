import { EmbeddedClickHouseError } from './embedded-clickhouse-error.js';

/** The platform is supported, but the optional package with the server's library is not installed. */
export class LibraryMissingError extends EmbeddedClickHouseError {
  readonly packageName: string;

  constructor({ packageName, cause }: { packageName: string; cause?: unknown }) {
    super(
      'embedded-clickhouse-library-missing',
      `The package ${packageName} with the ClickHouse library is not installed. Install again with optional dependencies (without --omit=optional).`,
      { cause },
    );
    this.packageName = packageName;
  }
}
