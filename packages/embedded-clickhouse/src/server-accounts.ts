import type { Credentials } from './credentials.js';
import type { EmbeddedClickHouseOptions } from './embedded-clickhouse-options.js';
import { InvalidOptionError } from './errors/invalid-option-error.js';

/** A user that logs in over the network. */
export type ServerAccount = { name: string; password: string };

/** The two users of a server. `readerDatabases` null means every database but `system`. */
export type ServerAccounts = {
  admin: ServerAccount;
  reader: ServerAccount;
  readerDatabases: readonly string[] | null;
  /** SQL conditions by database and table. */
  readerRowFilters: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
const NAME_RULE = 'a letter or _ followed by letters, digits or _, at most 64 characters';

/** Returns the users from the options, with kept passwords where none is given. Throws `InvalidOptionError`. */
export function selectAccounts(
  users: EmbeddedClickHouseOptions['users'] = {},
  credentials: Credentials,
): ServerAccounts {
  const admin = {
    name: users.admin?.name ?? 'signalbox',
    password: users.admin?.password ?? credentials.adminPassword,
  };
  const reader = {
    name: users.reader?.name ?? 'signalbox_reader',
    password: users.reader?.password ?? credentials.readerPassword,
  };
  const readerDatabases = users.reader?.databases ?? null;
  const readerRowFilters = users.reader?.rowFilters ?? {};
  requireAccount('users.admin', admin);
  requireAccount('users.reader', reader);
  if (reader.name === admin.name) {
    throw new InvalidOptionError({
      option: 'users.reader.name',
      value: reader.name,
      allowed: 'a name other than the admin’s',
    });
  }
  for (const database of readerDatabases ?? []) requireName('users.reader.databases', database);
  for (const [database, tables] of Object.entries(readerRowFilters)) {
    requireName('users.reader.rowFilters', database);
    for (const table of Object.keys(tables)) requireName('users.reader.rowFilters', table);
  }
  return { admin, reader, readerDatabases, readerRowFilters };
}

function requireAccount(option: string, { name, password }: ServerAccount): void {
  requireName(`${option}.name`, name);
  // The process itself logs in as `default`, which therefore has no password and no way in over the network.
  if (name === 'default') {
    throw new InvalidOptionError({
      option: `${option}.name`,
      value: name,
      allowed: 'a name other than default',
    });
  }
  if (password === '') {
    throw new InvalidOptionError({
      option: `${option}.password`,
      value: password,
      allowed: 'at least one character',
    });
  }
}

function requireName(option: string, name: string): void {
  if (!NAME.test(name)) throw new InvalidOptionError({ option, value: name, allowed: NAME_RULE });
}
