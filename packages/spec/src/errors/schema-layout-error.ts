import { SignalboxError } from './signalbox-error.js';

/** The database was created for one node and is now used as a cluster's, or the other way round. */
export class SchemaLayoutError extends SignalboxError {
  constructor({ database, cluster }: { database: string; cluster: string | null }) {
    const [is, wanted] =
      cluster === null
        ? ['a cluster', 'no `clickhouse.cluster` is configured. Name the cluster']
        : ['one node', `\`clickhouse.cluster\` is "${cluster}". Leave it out`];
    super(
      'schema-layout',
      `Database ${database} was created for ${is}, but ${wanted}, or choose another database.`,
    );
  }
}
