import type { RequestEnd } from '@signalbox/spec';
import { describe, expect, it, vi } from 'vitest';
import { createListenerHub } from './listener-hub.js';

const event = { type: 'request-end', decisionId: 'd' } as RequestEnd;

describe('createListenerHub', () => {
  it('tells every listener, in order', () => {
    const heard: string[] = [];
    const hub = createListenerHub([
      { onRequestEnd: () => void heard.push('a') },
      {},
      { onRequestEnd: () => void heard.push('b') },
    ]);
    hub.emit(event);
    expect(heard).toEqual(['a', 'b']);
  });

  it('swallows and counts what a listener throws, and tells the next one', () => {
    const heard: string[] = [];
    const hub = createListenerHub([
      {
        onRequestEnd: () => {
          throw new Error('broken');
        },
      },
      { onRequestEnd: () => void heard.push('b') },
    ]);
    hub.emit(event);
    expect(heard).toEqual(['b']);
    expect(hub.errors()).toBe(1);
  });

  it('counts the rejection of an async listener', async () => {
    const hub = createListenerHub([
      { onRequestEnd: (() => Promise.reject(new Error('late'))) as () => void },
    ]);
    hub.emit(event);
    await vi.waitFor(() => expect(hub.errors()).toBe(1));
  });

  it('runs the call inside every listener, the first one outermost', async () => {
    const order: string[] = [];
    const inside = (name: string) => ({
      runAttempt: <T>(_id: string, _attempt: number, call: () => T): T => {
        order.push(`${name} in`);
        const result = call();
        order.push(`${name} out`);
        return result;
      },
    });
    const hub = createListenerHub([inside('a'), {}, inside('b')]);
    const result = await hub.runAttempt('d', 1, async () => {
      order.push('call');
      return 7;
    });
    expect(result).toBe(7);
    expect(order).toEqual(['a in', 'b in', 'call', 'b out', 'a out']);
    expect(hub.errors()).toBe(0);
  });

  it.each([
    [
      'throws before the call',
      () => {
        throw new Error('before');
      },
      1,
    ],
    [
      'throws after the call',
      (call: () => unknown) => {
        call();
        throw new Error('after');
      },
      1,
    ],
    ['never calls', () => undefined, 0],
    [
      'calls twice',
      (call: () => unknown) => {
        call();
        return call();
      },
      0,
    ],
    [
      'rejects',
      async (call: () => unknown) => {
        await call();
        throw new Error('later');
      },
      1,
    ],
  ])('makes the call exactly once when a listener %s', async (_name, runAttempt, errors) => {
    const call = vi.fn(async () => 'answer');
    const hub = createListenerHub([{ runAttempt: (_id, _attempt, inner) => runAttempt(inner) as never }]);
    await expect(hub.runAttempt('d', 1, call)).resolves.toBe('answer');
    expect(call).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(hub.errors()).toBe(errors));
  });
});
