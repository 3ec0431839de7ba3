import { expect, it } from 'vitest';
import { migrationFolder } from '../__fixtures__/migration-folder.js';
import { MIGRATIONS_DIRECTORY, readMigrations } from './read-migrations.js';

it('splits at separator lines only, in the order of the names', async () => {
  const directory = await migrationFolder({
    '0002-b.sql': "SELECT ';\n-- next statement of a string';\n",
    '0001-a.sql': '-- why\nSELECT 1;\n\n-- next statement\nSELECT 2\n',
    'notes.md': 'not a migration',
  });
  expect(await readMigrations(directory)).toMatchObject([
    { name: '0001-a', statements: ['-- why\nSELECT 1;', 'SELECT 2'] },
    { name: '0002-b', statements: ["SELECT ';\n-- next statement of a string';"] },
  ]);
});

it('gives a file one checksum whatever its line ends', async () => {
  const [unix] = await readMigrations(await migrationFolder({ '0001-a.sql': 'SELECT\n1\n' }));
  const [windows] = await readMigrations(await migrationFolder({ '0001-a.sql': 'SELECT\r\n1\r\n' }));
  const [other] = await readMigrations(await migrationFolder({ '0001-a.sql': 'SELECT\n2\n' }));
  expect(windows?.checksum).toBe(unix?.checksum);
  expect(other?.checksum).not.toBe(unix?.checksum);
});

it.each([
  ['a name without a number', { 'users.sql': 'SELECT 1' }, /^users\.sql is not a migration name/],
  [
    'an empty statement',
    { '0001-a.sql': 'SELECT 1\n-- next statement\n' },
    /^0001-a\.sql has an empty statement/,
  ],
])('refuses %s', async (_, files, message) => {
  await expect(readMigrations(await migrationFolder(files))).rejects.toThrow(message);
});

it('numbers the migrations of the package from 1 without gaps', async () => {
  const names = (await readMigrations(MIGRATIONS_DIRECTORY)).map(({ name }) => name);
  expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, index) => index + 1));
});
