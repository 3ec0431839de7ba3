import { ClickHouseError } from '@clickhouse/client';
import {
  MigrationEditedError,
  MigrationFailedError,
  MigrationLockedError,
  SchemaTooNewError,
} from '@signalbox/spec';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { migrationFolder } from '../__fixtures__/migration-folder.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { createStore } from '../connection/create-store.js';
import type { Store } from '../connection/store.js';
import { migrate } from './migrate.js';
import { migrationStatus } from './migration-status.js';
import { MIGRATIONS_DIRECTORY, readMigrations } from './read-migrations.js';

let test: TestStore;
let databases = 0;
let store: Store;
let names: string[];

beforeAll(async () => {
  test = await startTestStore();
  names = (await readMigrations(MIGRATIONS_DIRECTORY)).map(({ name }) => name);
});
afterAll(() => test?.stop());

beforeEach(() => {
  databases += 1;
  // The name has to be quoted: no statement may paste it into SQL.
  store = createStore({ ...test.login, database: `signal-box ${databases}` });
  return () => store.close();
});

it('applies everything to a server that has nothing, then nothing', async () => {
  expect(await migrationStatus(store)).toEqual({ applied: [], pending: names, current: null });

  const onApplied = vi.fn();
  expect(await migrate(store, { onApplied })).toEqual({ applied: names, current: names.at(-1) });
  expect(onApplied.mock.calls.flat()).toEqual(names);

  expect(await migrate(store, { onApplied })).toEqual({ applied: [], current: names.at(-1) });
  expect(onApplied).toHaveBeenCalledTimes(names.length);
  expect(await migrationStatus(store)).toEqual({ applied: names, pending: [], current: names.at(-1) });
});

it('applies each migration once when several processes start at once', async () => {
  // Not repeatable on purpose: a second run of it fails.
  const directory = await migrationFolder({
    '0001-once.sql': 'CREATE TABLE once (n UInt8) ENGINE = MergeTree ORDER BY n',
    '0002-once-more.sql': 'RENAME TABLE once TO renamed\n-- next statement\nINSERT INTO renamed SELECT 1',
  });
  const others = [1, 2, 3].map(() => createStore({ ...test.login, database: store.database }));
  const results = await Promise.all([store, ...others].map((each) => migrate(each, { directory })));
  expect(results.flatMap(({ applied }) => applied).sort()).toEqual(['0001-once', '0002-once-more']);
  expect(await test.select(`SELECT n FROM \`${store.database}\`.renamed`)).toEqual([{ n: 1 }]);
  await Promise.all(others.map((other) => other.close()));
});

it('refuses an edited migration', async () => {
  await migrate(store, { directory: await migrationFolder({ '0001-a.sql': 'SELECT 1' }) });
  const edited = await migrationFolder({
    '0001-a.sql': 'SELECT 2',
    '0002-b.sql': 'CREATE TABLE b (n UInt8) ENGINE = Memory',
  });
  await expect(migrate(store, { directory: edited })).rejects.toThrow(MigrationEditedError);
  await expect(migrationStatus(store, { directory: edited })).rejects.toThrow(
    /^Migration 0001-a was applied/,
  );
  expect(await test.select(`EXISTS TABLE \`${store.database}\`.b`)).toEqual([{ result: 0 }]);
});

it('refuses a database with migrations that it does not know', async () => {
  await migrate(store, {
    directory: await migrationFolder({ '0001-a.sql': 'SELECT 1', '0002-b.sql': 'SELECT 2' }),
  });
  const older = await migrationFolder({ '0001-a.sql': 'SELECT 1' });
  await expect(migrate(store, { directory: older })).rejects.toThrow(SchemaTooNewError);
  await expect(migrationStatus(store, { directory: older })).rejects.toThrow(/does not know: 0002-b\./);
});

it('goes on after a migration that failed half-way', async () => {
  const create = 'CREATE TABLE IF NOT EXISTS a (n UInt8) ENGINE = MergeTree ORDER BY n\n-- next statement\n';
  const broken = await migrationFolder({ '0001-a.sql': `${create}INSERT INTO absent SELECT 1` });
  await expect(migrate(store, { directory: broken })).rejects.toThrow(/absent/);
  expect(await migrationStatus(store, { directory: broken })).toMatchObject({
    applied: [],
    pending: ['0001-a'],
  });

  const mended = await migrationFolder({ '0001-a.sql': `${create}INSERT INTO a SELECT 1` });
  expect(await migrate(store, { directory: mended })).toEqual({ applied: ['0001-a'], current: '0001-a' });
});

it('says in one short line which migration failed, and keeps the whole answer as the cause', async () => {
  const long = `SELECT ${'1, '.repeat(2000)}nonsense`;
  const directory = await migrationFolder({ '0001-a.sql': 'SELECT 1', '0002-long.sql': long });
  const error = await migrate(store, { directory }).catch((reason) => reason);
  expect(error).toBeInstanceOf(MigrationFailedError);
  expect(error).toMatchObject({ code: 'migration-failed', migration: '0002-long' });
  expect(error.message).toMatch(
    /^Migration 0002-long failed: Unknown expression.*run `signalbox migrate` again/,
  );
  expect(error.message.length).toBeLessThan(550);
  expect(error.message).not.toContain('\n');
  expect(error.cause).toBeInstanceOf(ClickHouseError);
  expect(error.cause.message.length).toBeGreaterThan(error.message.length);
});

/** Leaves the lock as a killed process does whose lease has `leftMs` to go. */
async function leaveLock(leftMs: number): Promise<void> {
  await migrate(store, { directory: await migrationFolder({ '0001-a.sql': 'SELECT 1' }) });
  await store.command(
    "INSERT INTO schema_migration_leases SELECT 'dead process', 0, now64(3) + toIntervalMillisecond({leftMs:UInt32})",
    { leftMs },
  );
}

it('waits until the lock of a dead process expires', async () => {
  await leaveLock(400);
  const directory = await migrationFolder({ '0001-a.sql': 'SELECT 1', '0002-b.sql': 'SELECT 2' });
  expect(await migrate(store, { directory })).toEqual({ applied: ['0002-b'], current: '0002-b' });
});

it('gives up when the lock stays taken, naming its owner', async () => {
  await leaveLock(60_000);
  const directory = await migrationFolder({ '0001-a.sql': 'SELECT 1', '0002-b.sql': 'SELECT 2' });
  const refused = migrate(store, { directory, lock: { waitMs: 0 } });
  await expect(refused).rejects.toThrow(MigrationLockedError);
  await expect(refused).rejects.toThrow(/^dead process holds the migration lock/);
  expect(await migrationStatus(store, { directory })).toMatchObject({ pending: ['0002-b'] });
});

it('keeps the lock while a statement takes longer than the lease', async () => {
  const directory = await migrationFolder({ '0001-slow.sql': 'SELECT sleep(1.5)', '0002-b.sql': 'SELECT 2' });
  const options = { directory, lock: { leaseMs: 600 } };
  const other = createStore({ ...test.login, database: store.database });
  const results = await Promise.all([migrate(store, options), migrate(other, options)]);
  expect(results.flatMap(({ applied }) => applied).sort()).toEqual(['0001-slow', '0002-b']);
  await other.close();
});
