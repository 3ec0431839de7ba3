import type { ServerResponse } from 'node:http';

/** Longer waits overflow Node's timers, which then fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The client's end of a response. Every wait ends early, with false, when the client goes away. */
export type ClientConnection = {
  isGone(): boolean;
  /** Waits so many real milliseconds. */
  pause(ms: number): Promise<boolean>;
  /** Writes, and waits for the client to read where its buffer is full. */
  write(text: string): Promise<boolean>;
  /** Waits for the client to go away. */
  untilGone(): Promise<void>;
  /** Destroys the connection once what was written has been sent. */
  cut(): void;
};

/** Watches the connection of a response that has not ended. One wait at a time. */
export function watchClient(response: ServerResponse): ClientConnection {
  let gone = response.destroyed;
  let wake: (() => void) | undefined;
  response.once('close', () => {
    gone = true;
    wake?.();
  });
  const waitFor = async (start: (resolve: () => void) => (() => void) | undefined): Promise<boolean> => {
    if (gone) return false;
    let stop: (() => void) | undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      stop = start(resolve);
    });
    wake = undefined;
    if (gone) stop?.();
    return !gone;
  };
  return {
    isGone: () => gone,
    pause: (ms) =>
      waitFor((resolve) => {
        const timer = setTimeout(resolve, Math.min(ms, MAX_TIMER_MS));
        return () => clearTimeout(timer);
      }),
    async write(text) {
      if (gone) return false;
      if (response.write(text)) return true;
      return waitFor((resolve) => {
        response.once('drain', resolve);
        return () => response.off('drain', resolve);
      });
    },
    async untilGone() {
      await waitFor(() => undefined);
    },
    cut() {
      // `destroySoon` sends what is buffered and then closes without the end of the chunked body.
      response.socket?.destroySoon();
    },
  };
}
