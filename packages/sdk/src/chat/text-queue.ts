/** The writing end of a text that someone reads piece by piece. */
export interface TextQueue {
  write(text: string): void;
  close(): void;
  /** Ends the text with an error, which the reader gets after what was written before. */
  fail(error: unknown): void;
}

type Item = { text: string } | { error: unknown };

async function* readItems(items: ReadableStream<Item>): AsyncGenerator<string> {
  for await (const item of items) {
    if ('error' in item) throw item.error;
    yield item.text;
  }
}

/**
 * A text with its two ends; `onLeave` is called when the reader leaves before the end. Holds what is not yet read: an
 * error travels in the queue, because a stream that errors drops what is queued. Has no bound of its own; the answer is
 * kept whole for the result anyway.
 */
export const createTextQueue = (
  onLeave: () => void,
): { queue: TextQueue; textStream: AsyncIterable<string> } => {
  let controller: ReadableStreamDefaultController<Item> | undefined;
  const items = new ReadableStream<Item>({
    start: (given) => {
      controller = given;
    },
    cancel: () => {
      controller = undefined;
      onLeave();
    },
  });
  const end = (): void => {
    controller?.close();
    controller = undefined;
  };
  const queue: TextQueue = {
    write: (text) => controller?.enqueue({ text }),
    close: end,
    fail: (error) => {
      controller?.enqueue({ error });
      end();
    },
  };
  return { queue, textStream: readItems(items) };
};
