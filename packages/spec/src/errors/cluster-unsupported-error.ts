import { SignalboxError } from './signalbox-error.js';

/** What was asked for works on one ClickHouse node only. */
export class ClusterUnsupportedError extends SignalboxError {
  constructor({ what, cluster }: { what: string; cluster: string }) {
    super(
      'cluster-unsupported',
      `${what} does not work on a cluster, and \`clickhouse.cluster\` is "${cluster}". Nothing was changed.`,
    );
  }
}
