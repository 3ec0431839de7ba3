/** What the schema is created on. */
export type SchemaTarget =
  /** One server. */
  | { kind: 'node' }
  | {
      kind: 'cluster';
      /** As in `remote_servers` of ClickHouse. */
      name: string;
      /** Database on every node. */
      database: string;
      /**
       * True: statements run on all nodes (`ON CLUSTER`) and tables are replicated. That takes ClickHouse Keeper, and the
       * macros `shard` and `replica`. False: each node is migrated by itself and each shard is one node; what is written to
       * a table that all nodes have in full must be written on each.
       */
      replicated: boolean;
    };
