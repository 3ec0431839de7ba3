import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExpressionSet, expressionIn, expressionProblem } from './expression.js';

const find = (expression: string, text: string): boolean =>
  createExpressionSet([expression])(text).length > 0;

it.each([
  ['/order-\\d+/', 'order-\\d+'],
  ['/a/b/', 'a/b'],
  ['/x/', 'x'],
  ['and/or', null],
  ['/path', null],
  ['//', null],
  ['/', null],
])('takes what stands between slashes for an expression: %j', (pattern, expression) => {
  expect(expressionIn(pattern)).toBe(expression);
});

describe('createExpressionSet', () => {
  it.each([
    ['without regard to case', 'order-\\d{2,}', 'My ORDER-12 is late', true],
    ['with regard to it where it says so', '(?-i)NASA', 'nasa', false],
    ['at the beginning of the text', '^hello', 'hello you', true],
    ['not elsewhere', '^hello', 'well, hello', false],
    ['an e-mail address', '[\\w.+-]+@[\\w-]+\\.[\\w.]+', 'write to anna@example.org', true],
    ['letters of another script', '\\p{Han}{2}', 'これは東京です', true],
    ['in an emoji text', 'refund', '👍🏽refund👍🏽', true],
    ['beside a lone surrogate', 'a.b', '\ud800a\udc00b\ud800', true],
  ])('finds an expression %s', (_, expression, text, expected) => {
    expect(find(expression, text)).toBe(expected);
  });

  it('gives the positions of all that are found', () => {
    expect(createExpressionSet(['a+b', 'x', 'c$'])('aab c')).toEqual([0, 2]);
  });

  it.each(['(a+)+$', '(a|aa)+$', '(.*a){12}$', '(?:a?){20}a{20}$', '^(\\w+\\s?)*$'])(
    'reads %s over what makes others backtrack for ever',
    (expression) => {
      expect(find(expression, `${'a'.repeat(16_000)}!`)).toBe(false);
    },
  );

  it('takes any text', () => {
    const found = createExpressionSet(['\\bword\\b', '[^a]{3}', '\\p{L}+\\d']);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(found(text).every((position) => position >= 0 && position < 3)).toBe(true);
      }),
    );
  });
});

describe('expressionProblem', () => {
  it.each([
    ['an open group', '(a', 'missing closing )'],
    ['a look-ahead', 'a(?=b)', 'unsupported Perl syntax'],
    ['a back reference', '(a)\\1', 'invalid escape sequence'],
    ['a repetition beyond 1,000', 'a{2000}', 'invalid repeat count'],
    ['repetitions that multiply', '(a{1,20}b){1,20}', 'more than 200'],
  ])('refuses %s', (_, expression, reason) => {
    expect(expressionProblem(expression)).toContain(reason);
  });

  it('accepts what expressions are good for', () => {
    const expressions = [
      '\\border-\\d{4,8}\\b',
      '[0-9a-f]{8}-[0-9a-f]{4}',
      'https?://\\S+',
      '(?:\\d[ -]?){13,16}',
    ];
    expect(expressions.map(expressionProblem)).toEqual([null, null, null, null]);
  });
});
