import { SignalboxError } from './signalbox-error.js';

/** ClickHouse does not let this user make another one who reads the rows of some tenants. */
export class ReaderRefusedError extends SignalboxError {
  constructor({ username, reason, cause }: { username: string; reason: string; cause: unknown }) {
    super(
      'reader-refused',
      `ClickHouse refused to make the reader "${username}": ${reason} Log in as a user who may create users and row policies and grant SELECT (\`access_management\`). The ClickHouse that \`signalbox up\` starts takes no users by SQL: run one of your own for that.`,
      { cause },
    );
  }
}
