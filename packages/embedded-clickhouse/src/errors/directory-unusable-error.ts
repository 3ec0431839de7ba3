import { EmbeddedClickHouseError } from './embedded-clickhouse-error.js';

/** The data directory cannot be created, read or written, or what it holds is not ours. */
export class DirectoryUnusableError extends EmbeddedClickHouseError {
  readonly directory: string;
  /** Why, as a clause without a full stop. */
  readonly reason: string;

  constructor({ directory, reason, cause }: { directory: string; reason: string; cause?: unknown }) {
    super(
      'embedded-clickhouse-directory-unusable',
      `The data directory ${directory} cannot be used: ${reason}. Make it writable for this user, or choose another directory.`,
      { cause },
    );
    this.directory = directory;
    this.reason = reason;
  }
}
