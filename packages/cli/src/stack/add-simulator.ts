import type { Stack } from './start-stack.js';
import type { Supervised } from './supervise.js';

/** Starts the provider simulator as a supervised part of a stack. Port 0 takes a free one. */
export const addSimulator = (
  stack: Stack,
  options: { port: number; seed: number; timeline?: string },
): Promise<Supervised> =>
  stack.add({
    name: 'simulator',
    port: options.port,
    portOption: '--simulator-port',
    argsFor: (port) => [
      'simulate',
      '--port',
      String(port),
      '--seed',
      String(options.seed),
      ...(options.timeline === undefined ? [] : ['--timeline', options.timeline]),
    ],
  });
