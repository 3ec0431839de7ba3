/** Exit codes of every command; never reused for something else. */
export const EXIT = { ok: 0, failed: 1, usage: 2, notFound: 3, interrupted: 130 } as const;

/** What each exit code says of any command: the table of `docs/reference/cli.md`. */
export const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: 'The work is done. A command that runs until it is ended, such as `up`, was ended by Ctrl-C or SIGTERM.',
  failed:
    'The work failed: a check, a benchmark target or a reconciliation did not hold, or a service is down or refuses.',
  usage: 'Bad usage, configuration or input file.',
  notFound: 'What was asked for is not there.',
  interrupted:
    'Ended by Ctrl-C or SIGTERM before its bounded work was done, or by a second Ctrl-C before it was tidied up.',
};

const USAGE_ERRORS: ReadonlySet<string> = new Set([
  'config-invalid',
  'config-unreadable',
  'provider-missing',
  'file-unreadable',
  'simulator-invalid-options',
  'simulator-invalid-timeline',
  'trace-malformed',
  'unknown-model',
  'unknown-policy',
  'unknown-strategy',
]);

/** The exit code for an error that reached the top. */
export const exitCodeOf = (error: unknown): number => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && USAGE_ERRORS.has(code) ? EXIT.usage : EXIT.failed;
};
