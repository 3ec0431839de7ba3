import { describe, expect, it } from 'vitest';
import { failureOfAnswer, failureOfError } from './insert-failure.js';

const answer = (exceptionCode: string | null, text = '', status = 500) => ({
  status,
  exceptionCode,
  body: Buffer.from(text),
});

describe('failureOfAnswer', () => {
  it('takes 200 without an exception code and a body for success', () => {
    expect(failureOfAnswer(answer(null, '', 200))).toBeNull();
  });

  it.each([
    [241, 'transient'],
    [243, 'transient'],
    [159, 'transient'],
    [216, 'transient'],
    [99_999, 'transient'],
    [60, 'configuration'],
    [16, 'configuration'],
    [497, 'configuration'],
    [516, 'configuration'],
    [395, 'after-write'],
    [27, 'data'],
    [33, 'data'],
    [407, 'data'],
    [469, 'data'],
  ])('takes code %i for %s', (code, kind) => {
    const text = `Code: ${code}. DB::Exception: row CANARY. (SOME_NAME) (version 26.7.2.1)`;
    const reason = `ClickHouse answered with code ${code} (SOME_NAME)`;
    expect(failureOfAnswer(answer(String(code), text))).toEqual({ kind, code, reason });
  });

  it.each([
    ['252', 'Too many parts (3000). Merges are processing slower than inserts', 'transient'],
    ['252', 'Too many partitions for single INSERT block (more than 100)', 'data'],
    ['6', 'Cannot parse: while pushing to view signalbox.decisions_mv', 'after-write'],
    ['99999', 'while pushing to view signalbox.decisions_mv', 'after-write'],
    ['241', 'Memory limit exceeded: while pushing to view signalbox.decisions_mv', 'transient'],
    ['60', 'Table does not exist: while pushing to view signalbox.decisions_mv', 'configuration'],
  ])('reads what the text of code %s adds: %s', (code, text, kind) => {
    expect(failureOfAnswer(answer(code, text))?.kind).toBe(kind);
  });

  it.each([
    ['an exception code beside status 200', answer('395', '', 200), 'after-write'],
    ['a body beside status 200', answer(null, 'Code: 241', 200), 'transient'],
    ['a page of a proxy', answer(null, '<html>', 502), 'transient'],
  ])('does not take %s for success', (_what, given, kind) => {
    expect(failureOfAnswer(given)?.kind).toBe(kind);
  });
});

describe('failureOfError', () => {
  it.each([
    [
      Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
      'ClickHouse did not answer: read ECONNRESET',
    ],
    [
      Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }),
      'ClickHouse did not answer: ECONNREFUSED',
    ],
  ])('takes %s for transient', (error, reason) => {
    expect(failureOfError(error)).toEqual({ kind: 'transient', reason, code: null });
  });
});
