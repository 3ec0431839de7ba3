import { quoteName, quoteText } from '../access/quote-text.js';
import { CLUSTER_PLACEMENT, localName, SHARDED_TABLES, SPANNING_VIEWS } from './cluster-placement.js';
import type { SchemaTarget } from './schema-target.js';

type Cluster = Extract<SchemaTarget, { kind: 'cluster' }>;

const COMMENT_LINE = /^[^\S\n]*--.*\n/gm;
const STATEMENT =
  /^(CREATE TABLE|CREATE MATERIALIZED VIEW|CREATE VIEW)(?: IF NOT EXISTS)? (\w+)|^ALTER TABLE (\w+)/;
const ENGINE = /\bENGINE = (\w*)MergeTree(?:\((.*?)\))?(?=\s|$)/;
const ADD_COLUMN = /^\s*ADD COLUMN .*?(?=,?$)/gm;
const SHARDED_NAME = new RegExp(`\\b(${SHARDED_TABLES.join('|')})\\b`, 'g');

/**
 * The statements that one statement of a migration becomes, in order. For one node it stays as it is. On a cluster a
 * table of rows becomes a local one on each shard and a `Distributed` one over them that has its name; materialized
 * views read and write what is local; a view becomes one of local rows and a `Distributed` table over those.
 *
 * Only the statements that migrations are made of are known, spelled as there.
 * @throws Error for another statement, and for a table without a place in `CLUSTER_PLACEMENT`.
 */
export function renderStatement(statement: string, target: SchemaTarget): string[] {
  if (target.kind === 'node') return [statement];
  const sql = statement.replace(COMMENT_LINE, '').trim();
  const [, verb = 'ALTER TABLE', created, altered] = STATEMENT.exec(sql) ?? [];
  const name = created ?? altered;
  if (name === undefined) throw new Error(`No cluster rendering is known for: ${sql.slice(0, 80)}`);
  if (verb === 'CREATE TABLE') return renderTable(sql, name, target);
  if (verb === 'CREATE MATERIALIZED VIEW') return [onCluster(toLocal(sql), name, target)];
  if (verb === 'CREATE VIEW') return renderView(sql, name, target);
  return renderAlter(sql, name, target);
}

function renderTable(sql: string, name: string, cluster: Cluster): string[] {
  // Stores nothing: it only passes the rows of an insert on to the materialized views of its shard.
  if (sql.endsWith('ENGINE = Null')) return [onCluster(toLocal(sql), name, cluster)];
  const placement = CLUSTER_PLACEMENT[name];
  if (placement === undefined)
    throw new Error(`${name} has no place on a cluster. Add it to CLUSTER_PLACEMENT.`);
  if (!ENGINE.test(sql)) throw new Error(`No cluster rendering is known for the engine of ${name}.`);
  if (placement === 'everywhere')
    return [
      onCluster(replicate(sql, { name, copy: 'all', replica: '{shard}-{replica}' }, cluster), name, cluster),
    ];
  const local = localName(name);
  const replicated = replicate(toLocal(sql), { name: local, copy: '{shard}', replica: '{replica}' }, cluster);
  return [onCluster(replicated, local, cluster), distributedOver(name, cluster, placement.shardBy)];
}

function renderView(sql: string, name: string, cluster: Cluster): string[] {
  if (SPANNING_VIEWS.has(name)) {
    // The right side is read once, from all shards, and sent to each; as it stands, ClickHouse refuses the join.
    return [onCluster(sql.replace(/^LEFT JOIN$/gm, 'GLOBAL LEFT JOIN'), name, cluster)];
  }
  if (toLocal(sql) === sql) return [onCluster(sql, name, cluster)];
  const local = localName(name);
  const view = toLocal(sql).replace(` ${name} AS`, ` ${local} AS`);
  return [onCluster(view, local, cluster), distributedOver(name, cluster)];
}

function renderAlter(sql: string, name: string, cluster: Cluster): string[] {
  if (!SHARDED_TABLES.includes(name)) return [onCluster(sql, name, cluster)];
  const columns = (sql.match(ADD_COLUMN) ?? []).map((action) => action.trim());
  const altered = [onCluster(toLocal(sql), localName(name), cluster)];
  if (columns.length === 0) return altered;
  return [...altered, onCluster(`ALTER TABLE ${name}\n    ${columns.join(',\n    ')}`, name, cluster)];
}

function distributedOver(name: string, cluster: Cluster, shardBy?: string): string {
  const local = localName(name);
  const place = [
    quoteText(cluster.name),
    quoteText(cluster.database),
    quoteText(local),
    ...(shardBy ? [shardBy] : []),
  ];
  // Rows that wait on a node for another shard survive the node, as stored rows do.
  const settings = shardBy ? '\nSETTINGS fsync_after_insert = 1, fsync_directories = 1' : '';
  const sql = `CREATE TABLE IF NOT EXISTS ${name} AS ${local}\nENGINE = Distributed(${place.join(', ')})${settings}`;
  return onCluster(sql, name, cluster);
}

// The path has names and not `{uuid}`: a migration that is run again for the nodes that lack a table must give them the
// path of the others.
function replicate(
  sql: string,
  { name, copy, replica }: { name: string; copy: string; replica: string },
  { replicated, database }: Cluster,
): string {
  if (!replicated) return sql;
  return sql.replace(ENGINE, (_, kind: string, given: string | undefined) => {
    const place = [`/clickhouse/tables/${database}/${name}/${copy}`, replica].map(quoteText);
    return `ENGINE = Replicated${kind}MergeTree(${[...place, ...(given ? [given] : [])].join(', ')})`;
  });
}

/** The statement with the name of each shared table made that of the local one. */
const toLocal = (sql: string): string => sql.replace(SHARDED_NAME, (name) => localName(name));

/** Says `ON CLUSTER` behind the first mention of `name`. */
const onCluster = (sql: string, name: string, { replicated, name: cluster }: Cluster): string =>
  replicated ? sql.replace(new RegExp(`\\b${name}\\b`), `${name} ON CLUSTER ${quoteName(cluster)}`) : sql;
