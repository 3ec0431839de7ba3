import { Socket } from 'node:net';
import { EXIT } from '../exit-code.js';

/** Runs until SIGINT, SIGTERM or, where asked, the end of standard input; a second signal ends the process at once. */
export const untilEnded = ({
  stdin = false,
}: {
  stdin?: boolean;
} = {}): { ended: Promise<void>; signal: AbortSignal } => {
  const controller = new AbortController();
  const end = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  if (stdin) {
    process.stdin.on('end', end).on('error', end).resume();
    // Watching the pipe must not keep a process alive that was told to end in another way.
    if (process.stdin instanceof Socket) process.stdin.unref();
  }
  const ended = new Promise<void>((resolve) => {
    controller.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  return { ended, signal: controller.signal };
};
