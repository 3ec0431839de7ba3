import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

/** A migration file, read. */
export type Migration = {
  /** File name without `.sql`, for example `0001-otel-traces`. */
  name: string;
  /** SHA-256 of the text in hex, line ends counted as `\n`. */
  checksum: string;
  /** Run one after the other. Each can be run again, because an interrupted migration is run again from its start. */
  statements: readonly string[];
};

const FILE_NAME = /^\d{4}-[a-z0-9-]+\.sql$/;

/** A line of exactly this text stands between two statements. No semicolon is looked for, so none can be misread. */
const SEPARATOR = /^-- next statement$\n/m;

/** The folder of the migrations that come with this package. */
export const MIGRATIONS_DIRECTORY = new URL('../../migrations/', import.meta.url);

/** Reads the migrations of a folder, in their order. `directory` ends with a slash. */
export async function readMigrations(directory: URL): Promise<Migration[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(files.map((file) => readMigration(directory, file)));
}

async function readMigration(directory: URL, file: string): Promise<Migration> {
  if (!FILE_NAME.test(file))
    throw new Error(`${file} is not a migration name. Name it like 0001-what-it-adds.sql.`);
  const text = (await readFile(new URL(file, directory), 'utf8')).replaceAll('\r\n', '\n');
  const statements = text.split(SEPARATOR).map((statement) => statement.trim());
  if (statements.includes(''))
    throw new Error(`${file} has an empty statement. Remove the separator beside it.`);
  return {
    name: file.slice(0, -'.sql'.length),
    checksum: createHash('sha256').update(text).digest('hex'),
    statements,
  };
}
