/** Exit codes of every command. Documented in `docs/reference/cli.md`; never reused for something else. */
export const EXIT = {
  ok: 0,
  /** The work failed: a check, a benchmark target or the reconciliation did not hold, or a dependency is down. */
  failed: 1,
  /** Bad usage, configuration or input file. */
  usage: 2,
  /** What was asked for is not there. */
  notFound: 3,
  /** Ended by Ctrl-C or SIGTERM before the work was done. */
  interrupted: 130,
} as const;

const USAGE_ERRORS: ReadonlySet<string> = new Set([
  'config-invalid',
  'config-unreadable',
  'provider-missing',
  'file-unreadable',
  'simulator-invalid-options',
  'simulator-invalid-timeline',
  'trace-malformed',
  'unknown-model',
]);

/** The exit code for an error that reached the top. */
export const exitCodeOf = (error: unknown): number => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && USAGE_ERRORS.has(code) ? EXIT.usage : EXIT.failed;
};
