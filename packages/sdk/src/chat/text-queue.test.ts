import { describe, expect, it, vi } from 'vitest';
import { collect } from '../__fixtures__/collect.js';
import { createTextQueue } from './text-queue.js';

describe('createTextQueue', () => {
  it('gives what was written, in order, to a reader who comes late', async () => {
    const { queue, textStream } = createTextQueue(() => undefined);
    queue.write('a');
    queue.write('b');
    queue.close();
    expect(await collect(textStream)).toEqual(['a', 'b']);
  });

  it('gives what came before an error, then the error', async () => {
    const { queue, textStream } = createTextQueue(() => undefined);
    queue.write('a');
    queue.fail(new Error('broken'));
    const seen: string[] = [];
    const reading = (async () => {
      for await (const text of textStream) seen.push(text);
    })();
    await expect(reading).rejects.toThrow('broken');
    expect(seen).toEqual(['a']);
  });

  it('notices a reader who leaves, and takes nothing from then on', async () => {
    const onLeave = vi.fn();
    const { queue, textStream } = createTextQueue(onLeave);
    queue.write('a');
    for await (const _text of textStream) break;
    expect(onLeave).toHaveBeenCalledTimes(1);
    queue.write('b');
    queue.fail(new Error('late'));
    expect(await collect(textStream)).toEqual([]);
  });

  it('does not take the end of reading for leaving', async () => {
    const onLeave = vi.fn();
    const { queue, textStream } = createTextQueue(onLeave);
    queue.close();
    await collect(textStream);
    expect(onLeave).not.toHaveBeenCalled();
  });
});
