import { describe, expect, it } from 'vitest';
import { createRejections } from './rejections.js';

describe('createRejections', () => {
  it('has no message when nothing was rejected', () => {
    expect(createRejections()).toMatchObject({ count: 0 });
    expect(createRejections().message()).toBe('');
  });

  it('counts equal reasons together', () => {
    const rejections = createRejections();
    for (const reason of ['a', 'b', 'a']) rejections.add(reason);
    expect(rejections.message()).toBe('3 rejected: a (2); b (1)');
  });

  it('stays short however much is rejected', () => {
    const rejections = createRejections();
    for (let index = 0; index < 100_000; index += 1) rejections.add(`${index} ${'long '.repeat(1_000)}`);
    expect(rejections.count).toBe(100_000);
    expect(rejections.message().length).toBeLessThan(2_048);
    expect(rejections.message()).toMatch(/; other reasons \(99992\)$/);
  });

  it('cuts no character in half', () => {
    const rejections = createRejections();
    rejections.add(`${'x'.repeat(199)}😀`);
    expect(rejections.message().isWellFormed()).toBe(true);
  });
});
