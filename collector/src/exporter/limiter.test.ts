import { describe, expect, it } from 'vitest';
import { createLimiter } from './limiter.js';

const never = new AbortController().signal;

/** A task that runs until it is told to end. */
const controlled = (started: string[], name: string) => {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const task = () => {
    started.push(name);
    return promise;
  };
  return { task, end: () => resolve(name), fail: () => reject(new Error(name)) };
};

describe('createLimiter', () => {
  it('runs so many tasks at once, the others in order', async () => {
    const limiter = createLimiter(2);
    const started: string[] = [];
    const tasks = ['a', 'b', 'c', 'd'].map((name) => controlled(started, name));
    const results = tasks.map(({ task }) => limiter.run(task, never));
    await expect.poll(() => started).toEqual(['a', 'b']);
    tasks[1]?.end();
    await results[1];
    await expect.poll(() => started).toEqual(['a', 'b', 'c']);
    for (const { end } of tasks) end();
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('goes on after a task that failed', async () => {
    const limiter = createLimiter(1);
    const started: string[] = [];
    const [first, second] = [controlled(started, 'first'), controlled(started, 'second')];
    const failed = expect(limiter.run(first.task, never)).rejects.toThrow('first');
    const next = limiter.run(second.task, never);
    first.fail();
    await failed;
    second.end();
    expect(await next).toBe('second');
  });

  it('leaves out a task whose wait was ended, and nobody else', async () => {
    const limiter = createLimiter(1);
    const started: string[] = [];
    const [first, second, third] = ['first', 'second', 'third'].map((name) => controlled(started, name));
    const controller = new AbortController();
    const running = limiter.run(first?.task ?? expect.fail(), never);
    const abandoned = expect(limiter.run(second?.task ?? expect.fail(), controller.signal)).rejects.toThrow(
      'gone',
    );
    const last = limiter.run(third?.task ?? expect.fail(), never);
    controller.abort(new Error('gone'));
    await abandoned;
    first?.end();
    third?.end();
    expect(await Promise.all([running, last])).toEqual(['first', 'third']);
    expect(started).toEqual(['first', 'third']);
  });

  it('starts nothing for a signal that is aborted already', async () => {
    const started: string[] = [];
    const { task } = controlled(started, 'a');
    await expect(createLimiter(1).run(task, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(started).toEqual([]);
  });
});
