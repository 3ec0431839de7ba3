import { ClickHouseError } from '@clickhouse/client';
import { MigrationFailedError } from '@signalbox/spec';
import type { Store } from '../connection/store.js';

const LONGEST_REASON = 300;

/**
 * Runs one statement of a migration.
 * @throws MigrationFailedError for what ClickHouse answers; what is no answer stays a StoreUnavailableError.
 */
export async function runStatement(
  store: Store,
  { migration, statement }: { migration: string; statement: string },
): Promise<void> {
  try {
    await store.command(statement);
  } catch (cause) {
    if (!(cause instanceof ClickHouseError)) throw cause;
    throw new MigrationFailedError({ migration, reason: toReason(cause.message), cause });
  }
}

/** The first line of an answer, shortened: ClickHouse may quote the whole statement. Ends as a sentence does. */
function toReason(message: string): string {
  const line = message.split('\n', 1)[0]?.trim() ?? '';
  if (line.length > LONGEST_REASON) return `${line.slice(0, LONGEST_REASON - 1).toWellFormed()}…`;
  return /[.!?]$/.test(line) ? line : `${line.slice(0, LONGEST_REASON - 1)}.`;
}
