import type { Logger } from 'pino';

/** Runs the housekeeping of a log. */
export interface Housekeeping {
  /** Ends it, after what is under way. */
  stop(): Promise<void>;
}

/** Runs the steps one after the other, and again `everyMs` after they ended. What fails is logged and tried again. */
export const keepTidy = (
  steps: readonly (() => Promise<void>)[],
  { everyMs, logger }: { readonly everyMs: number; readonly logger: Logger },
): Housekeeping => {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  const run = async (): Promise<void> => {
    for (const step of steps) {
      if (isStopped) return;
      await step().catch((error: unknown) => {
        logger.warn({ err: error }, 'The write-ahead log could not be tidied up; it is tried again.');
      });
    }
  };

  let running: Promise<void> = Promise.resolve();
  const schedule = (): void => {
    timer = setTimeout(() => {
      running = run().then(() => {
        if (!isStopped) schedule();
      });
    }, everyMs).unref();
  };
  schedule();

  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
};
