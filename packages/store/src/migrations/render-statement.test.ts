import { expect, it } from 'vitest';
import { MIGRATIONS_DIRECTORY, readMigrations } from './read-migrations.js';
import { renderStatement } from './render-statement.js';
import type { SchemaTarget } from './schema-target.js';

const CLUSTER: SchemaTarget = { kind: 'cluster', name: 'main', database: 'signalbox', replicated: true };
const migrations = await readMigrations(MIGRATIONS_DIRECTORY);

/** The lines by which the rendering for a cluster differs from the migration. */
function difference(statement: string): string {
  const source = new Set(statement.split('\n'));
  const rendered = renderStatement(statement, CLUSTER).flatMap((text) => text.split('\n'));
  return rendered.filter((line) => !source.has(line)).join('\n');
}

it('leaves a migration for one node as it is', () => {
  for (const statement of migrations.flatMap(({ statements }) => statements))
    expect(renderStatement(statement, { kind: 'node' })).toEqual([statement]);
});

// Where a migration was changed before its release, read what changed here too, then update with `vitest run -u`.
it.each(migrations)('renders $name for a cluster as it did', async ({ name, statements }) => {
  const rendered = statements.map(difference).join('\n-- next statement\n');
  await expect(`${rendered}\n`).toMatchFileSnapshot(`__fixtures__/${name}.cluster.sql`);
});

it.each([
  [
    'a table without a place',
    'CREATE TABLE t (n UInt8) ENGINE = MergeTree ORDER BY n',
    /^t has no place on a cluster/,
  ],
  ['another engine', 'CREATE TABLE erased (n UInt8) ENGINE = Log', /the engine of erased/],
  ['another statement', 'RENAME TABLE a TO b', /No cluster rendering is known for: RENAME TABLE a/],
])('refuses %s', (_, statement, message) => {
  expect(() => renderStatement(statement, CLUSTER)).toThrow(message);
});
