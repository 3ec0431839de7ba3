import { EmbeddedClickHouseError } from './embedded-clickhouse-error.js';

/** Another running server holds the data directory. */
export class DirectoryLockedError extends EmbeddedClickHouseError {
  readonly directory: string;

  constructor({ directory }: { directory: string }) {
    super(
      'embedded-clickhouse-directory-locked',
      `The data directory ${directory} is in use by another ClickHouse server. Stop that server, or choose another directory.`,
    );
    this.directory = directory;
  }
}
