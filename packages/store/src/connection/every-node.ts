import { quoteName, quoteText } from '../access/quote-text.js';
import { localName, SHARDED_TABLES } from '../migrations/cluster-placement.js';
import type { StatementParams } from './statement-params.js';
import type { Store } from './store.js';
import type { CallOptions } from './with-deadline.js';

/** How all nodes of a cluster are reached. */
export type NodeOptions = {
  /**
   * Only for a cluster without ClickHouse Keeper, whose shards have no replicas: a store for each node. Default: one
   * statement `ON CLUSTER`.
   */
  nodes?: readonly Store[];
};

/** A statement about a table, and the table. `onCluster` belongs behind the table's name. */
type TableStatement = { table: string; statement: (table: string, onCluster: string) => string };

/** What a table is called where its rows are: on a cluster, the local one that each shard has. */
export const storedName = ({ cluster }: Store, table: string): string =>
  cluster !== null && SHARDED_TABLES.includes(table) ? localName(table) : table;

/** SQL for a table of ClickHouse itself, such as `mutations`, with the rows of every node. */
export const systemTable = ({ cluster }: Store, name: string): string =>
  cluster === null ? `system.${name}` : `clusterAllReplicas(${quoteText(cluster)}, system.${name})`;

/** Runs a statement about the stored rows of a table, such as a mutation, on every node. */
export async function commandEverywhere(
  store: Store,
  { table, statement }: TableStatement,
  params: StatementParams,
  { nodes, ...call }: CallOptions & NodeOptions,
): Promise<void> {
  const stored = storedName(store, table);
  if (nodes !== undefined) {
    for (const node of nodes) await node.command(statement(stored, ''), params, call);
    return;
  }
  const onCluster = store.cluster === null ? '' : ` ON CLUSTER ${quoteName(store.cluster)}`;
  await store.command(statement(stored, onCluster), params, call);
}

/** Inserts into a table that every node has in full, and resolves when every node has the rows. */
export async function insertEverywhere(
  store: Store,
  { table, statement }: { table: string; statement: string },
  params: StatementParams,
  { nodes, ...call }: CallOptions & NodeOptions,
): Promise<void> {
  for (const node of nodes ?? [store]) await node.command(statement, params, call);
  if (store.cluster === null || nodes !== undefined) return;
  // Replicas fetch the rows when they come to it.
  const sync = `SYSTEM SYNC REPLICA ON CLUSTER ${quoteName(store.cluster)} ${quoteName(store.database)}.${table}`;
  await store.command(sync, {}, call);
}
