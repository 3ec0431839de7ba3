import { createLogUpdate } from 'log-update';
import type { Output } from './output.js';

/** Something on the screen that is replaced while work goes on. */
export interface Progress {
  /** Shows `text` now. Away from a terminal, texts are thinned out to one in `quietMs`. */
  update(text: string): void;
  /** Leaves `text` (or what was last shown) on the screen and ends. */
  done(text?: string): void;
}

/** Repaints in a terminal; elsewhere prints at most one line group each `quietMs` (default 10 000). */
export const createProgress = (output: Output, { quietMs = 10_000 }: { quietMs?: number } = {}): Progress => {
  if (output.interactive) {
    const paint = createLogUpdate(process.stderr);
    return {
      update: (text) => paint(text),
      done: (text) => {
        if (text !== undefined) paint(text);
        paint.done();
      },
    };
  }
  let last = Number.NEGATIVE_INFINITY;
  return {
    update: (text) => {
      const now = performance.now();
      if (now - last < quietMs) return;
      last = now;
      output.note(text);
    },
    done: (text) => {
      if (text !== undefined) output.note(text);
    },
  };
};
