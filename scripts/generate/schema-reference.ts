import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { COLUMN_MEANINGS } from './column-meanings.ts';
import { page, table } from './markdown.ts';
import { ATTRIBUTE_DOC, readSemconv } from './read-semconv.ts';

const SEPARATOR = '-- next statement\n';
const CREATE = /^CREATE (?<kind>TABLE|VIEW) IF NOT EXISTS (?<name>\w+)(?: AS (?<like>\w+)$)?/m;
const COLUMN =
  /^ {4}`?(?<name>[a-zA-Z][\w.]*)`? (?<type>.+?)(?: (?:DEFAULT|ALIAS) .+?)?(?: COMMENT '(?<comment>.+?)')?(?: CODEC\(.+)?,?$/;
const NESTED_END = /^ {4}\)(?: COMMENT '(?<comment>.+?)')?/;

type Column = { name: string; type: string; meaning: string };

// A column that says nothing of itself is an attribute of the same name, whose docstring says it.
const MEANINGS = new Map(
  ['route', 'attempt', 'gen-ai', 'feedback'].flatMap((file) =>
    readSemconv(`${file}-attributes`).map(({ name, doc }): [string, string] => [
      name
        .replace(/^signalbox\./, '')
        .replace(/^(attempt|gen_ai)\./, '')
        .replaceAll('.', '_'),
      ATTRIBUTE_DOC.exec(doc)?.groups?.meaning ?? '',
    ]),
  ),
);

const readColumns = (statement: string): Column[] => {
  const columns: Column[] = [];
  let nested: Column | null = null;
  for (const line of statement.slice(statement.indexOf('\n(\n')).split('\n')) {
    if (/^\)/.test(line)) break;
    const { name = '', type = '', comment } = COLUMN.exec(line)?.groups ?? {};
    if (nested) {
      const end = NESTED_END.exec(line);
      if (end) {
        nested.meaning = end.groups?.comment ?? '';
        nested = null;
      } else nested.type += line.trim() === '(' ? '(' : ` ${line.trim()}`;
    } else if (type === 'Nested') {
      nested = { name, type, meaning: '' };
      columns.push(nested);
    } else if (name && name !== 'INDEX')
      columns.push({ name, type, meaning: comment ?? MEANINGS.get(name) ?? COLUMN_MEANINGS[name] ?? '' });
  }
  return columns.map((column) =>
    column.type.startsWith('Nested') ? { ...column, type: `${column.type} )` } : column,
  );
};

const aboveOf = (statement: string): string =>
  statement
    .split('\n')
    .filter((line) => line.startsWith('-- '))
    .map((line) => line.slice(3))
    .join(' ');

const sectionOf = (statement: string): string[] => {
  const { kind, name = '', like } = CREATE.exec(statement)?.groups ?? {};
  if (!kind) return [];
  const about = [`## \`${name}\``, `${kind === 'VIEW' ? 'View. ' : ''}${aboveOf(statement)}`];
  if (like) return [...about, `Columns as \`${like}\`.`];
  if (kind === 'VIEW') return about;
  const rows = readColumns(statement).map(({ name: column, type, meaning }) => [
    `\`${column}\``,
    `\`${type}\``,
    meaning,
  ]);
  const [, key = ''] = /^ORDER BY (.+)$/m.exec(statement) ?? [];
  return [...about, ...(key ? [`Sorted by \`${key}\`.`] : []), table(['column', 'type', 'meaning'], rows)];
};

/** docs/reference/schema.md: every table and view, as the migrations make it. */
export const schemaReference = (): string => {
  const files = globSync('packages/store/migrations/*.sql').sort();
  const sections = files.flatMap((file) => [
    `*${basename(file)}*`,
    ...readFileSync(file, 'utf8').split(SEPARATOR).flatMap(sectionOf),
  ]);
  return page('Schema', [
    'Every table and view of the database, as the migrations of `@signalbox/store` make it. People read the views; what ends in `_raw` ' +
      'is the storage behind them. `NULL` is unknown, never 0. Times are UTC, durations say their unit, money is nano-USD (1e-9 USD). ' +
      'Columns of `otel_*` in CamelCase are those of the contrib exporter v0.161. See [fifteen questions in SQL](../guides/sql.md).',
    ...sections,
  ]);
};
