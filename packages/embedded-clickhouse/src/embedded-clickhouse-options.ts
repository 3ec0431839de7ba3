import type { ServerEvent } from './server-event.js';

/** What `startEmbeddedClickHouse` takes. */
export type EmbeddedClickHouseOptions = {
  /** Where the data, the passwords and the log live. Made (mode 0700) if absent. One server at a time per directory. */
  directory: string;
  /** Port of the HTTP interface on 127.0.0.1. Default: a free one, kept over restarts. */
  httpPort?: number;
  /** Port of the native protocol on 127.0.0.1. Default: a free one, kept over restarts. */
  tcpPort?: number;
  /** The two users; both have generated passwords unless given here. Given passwords are not written to the directory. */
  users?: {
    /** Owns the data. Default name: `signalbox`. */
    admin?: { name?: string; password?: string };
    /** Reads only. Default name: `signalbox_reader`. `databases` default: every one but `system`; they need not exist yet. */
    reader?: {
      name?: string;
      password?: string;
      databases?: readonly string[];
      /** By database and table: the SQL condition that a row must meet to be seen. Default: every row. */
      rowFilters?: Readonly<Record<string, Readonly<Record<string, string>>>>;
    };
  };
  /**
   * Servers that together are the shards of a cluster, one node each, for `Distributed` tables: their native ports, this
   * server's own among them. Their admins must have the same name and password. Without replication and `ON CLUSTER`.
   */
  cluster?: { name: string; shards: readonly { host: string; port: number }[] };
  /** Upper bound of the server's memory, caches included. Default: 2 GiB. At least 512 MiB. */
  memoryLimitBytes?: number;
  /** How long a start may take. Default: 30,000. Loading a large data directory from a cold disk takes longest. */
  startTimeoutMs?: number;
  /** What happens when the server ends by itself. */
  restart?: {
    /** Pause before the first restart; each further one doubles it. Default: 100. */
    initialDelayMs?: number;
    /** Longest pause. Default: 10,000. */
    maxDelayMs?: number;
    /** Restarts in a row, none of which lasted 5 s, before giving up. Default: 10. 0 never restarts. */
    maxAttempts?: number;
  };
  /** Told of every change of the server's state. Called synchronously; must not throw. */
  onEvent?: (event: ServerEvent) => void;
};
