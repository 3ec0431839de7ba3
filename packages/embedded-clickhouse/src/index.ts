// A real ClickHouse server as a child process, from npm packages alone.
// Start reading at `start-embedded-clickhouse.ts`; the child's side is `server-main.ts`.

export type { EmbeddedClickHouseOptions } from './embedded-clickhouse-options.js';
export { DirectoryLockedError } from './errors/directory-locked-error.js';
export { DirectoryUnusableError } from './errors/directory-unusable-error.js';
export {
  EMBEDDED_CLICKHOUSE_ERROR_CODES,
  EmbeddedClickHouseError,
  type EmbeddedClickHouseErrorCode,
} from './errors/embedded-clickhouse-error.js';
export { InvalidOptionError } from './errors/invalid-option-error.js';
export { LibraryMissingError } from './errors/library-missing-error.js';
export { PortTakenError } from './errors/port-taken-error.js';
export { StartFailedError } from './errors/start-failed-error.js';
export { StartTimeoutError } from './errors/start-timeout-error.js';
export { UnsupportedPlatformError } from './errors/unsupported-platform-error.js';
export { findLibrary, SUPPORTED_PLATFORMS } from './find-library.js';
export type { ServerEvent } from './server-event.js';
export { type EmbeddedClickHouse, startEmbeddedClickHouse } from './start-embedded-clickhouse.js';
