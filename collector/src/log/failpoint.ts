/** The places at which a test can end the process. A name says what was done last, or what would be done next. */
export const FAILPOINTS = [
  'log.beforeWrite',
  'log.afterWrite',
  'log.beforeSync',
  'log.afterSync',
  'log.afterManifest',
  'log.beforeCommit',
  'log.afterCommit',
  'log.beforeUnlink',
  'log.afterUnlink',
] as const;

/** Called at every failpoint. */
export type Failpoint = (name: (typeof FAILPOINTS)[number]) => void;

/**
 * Ends the process with SIGKILL at the failpoint that `setting` names, which is the environment variable
 * `SIGNALBOX_FAILPOINT`. `log.afterSync:3` means the third time. Does nothing without a setting. For tests of crashes only.
 */
export const createFailpoint = (setting: string | undefined): Failpoint => {
  const [wanted, count = '1'] = setting?.split(':') ?? [];
  let left = Number(count);
  return (name) => {
    if (name !== wanted) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
};
