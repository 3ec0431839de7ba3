/**
 * Every error code with its meaning: the one registry. Codes are stable and never reused. A test holds this list, the
 * error classes and `docs/reference/errors.md` equal.
 */
export const ERROR_CODES = {
  'address-in-use': 'A port that Signalbox was told to listen on is taken.',
  'all-attempts-failed': 'Every target that was tried for a request failed.',
  'cluster-unsupported': 'What was asked for works on one ClickHouse node only.',
  'config-invalid': 'The configuration has a field that is missing, unknown or of the wrong kind.',
  'config-unreadable': 'The configuration file cannot be found, read or evaluated.',
  'dependency-missing': 'A feature needs an optional package that is not installed.',
  'directory-unusable': 'A directory that a command was given cannot be made, read or written.',
  'erasure-incomplete': 'Rows of a user or tenant could not be deleted, or came while they were deleted.',
  'file-unreadable': 'A file that a command was given, such as a trace or a timeline, cannot be read.',
  'log-failed': 'The write-ahead log cannot be written, read or opened.',
  'log-full': 'The write-ahead log has no room for another request.',
  'log-locked': 'Another process uses the write-ahead log.',
  'migration-edited': 'A migration that was already applied differs from the file.',
  'migration-failed': 'ClickHouse refused a statement of a migration.',
  'migration-locked': 'Another process holds the migration lock for too long.',
  'no-candidate': 'Every target was excluded for a request.',
  'provider-missing': 'A target names a provider that is not configured.',
  'reader-refused': 'ClickHouse does not let this user make another one who reads the rows of some tenants.',
  'schema-layout':
    'The database was created for one ClickHouse node and is used as that of a cluster, or the reverse.',
  'schema-too-new': 'The database was migrated by a newer Signalbox.',
  'store-unavailable': 'ClickHouse does not answer, or refuses the login.',
  'stream-interrupted': 'A stream broke after its first chunk had reached the caller.',
  'telemetry-registered': 'Telemetry was set up in a process that has an OpenTelemetry SDK already.',
  'trace-malformed': 'A line of an arrival trace cannot be understood.',
  'unknown-model':
    'The requested model is not a target of the policy, or more than one target has that name.',
  'unknown-strategy': 'A strategy is neither built in nor of the policy, or its code is not registered.',
  'unknown-policy': 'No recorded policy has the version that was asked for, or the digits fit more than one.',
} as const;

/** A code of the registry. */
export type ErrorCode = keyof typeof ERROR_CODES;
