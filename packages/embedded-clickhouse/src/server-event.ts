/** A change in the life of the server process. */
export type ServerEvent =
  /** The server answers queries. `startMs` is the time since its process was started; `restarts` counts from 0. `confined` is false where the system has no Landlock, and the server can read and write what its user can. */
  | { type: 'server-ready'; pid: number; startMs: number; restarts: number; confined: boolean }
  /** The process ended. `expected` is true after `stop()`. `logLines` are its last words, oldest first. */
  | {
      type: 'server-exit';
      pid: number;
      expected: boolean;
      code: number | null;
      signal: NodeJS.Signals | null;
      logLines: readonly string[];
    }
  /** The server will be started again, on the same ports, after `delayMs`. `attempt` counts from 1 since it last ran for 5 s. */
  | { type: 'server-restart'; attempt: number; delayMs: number }
  /** The server could not be kept running and will not be started again. `cause` is why the last attempt failed, if it did not get ready. */
  | { type: 'server-give-up'; attempts: number; cause: Error | null };
