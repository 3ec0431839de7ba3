/** What `spawn-server.ts` tells `server-main.ts`, as JSON in the first argument. Paths are absolute. */
export type ServerMainArguments = {
  library: string;
  /** Paths the server may read. */
  readable: readonly string[];
  /** Paths the server may read and write. */
  writable: readonly string[];
  /** The arguments of clickhouse-local. */
  engineArguments: readonly string[];
};

/** The line with which the server says that its files are not confined. */
export const NOT_CONFINED = 'The system has no Landlock: files are not confined.';
