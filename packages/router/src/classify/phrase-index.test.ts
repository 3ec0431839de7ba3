import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPhraseIndex, findPhrases } from './phrase-index.js';
import { readPrompt } from './read-prompt.js';

const find = (phrases: readonly string[], text: string): (readonly [string | undefined, number])[] => {
  const found: (readonly [string | undefined, number])[] = [];
  const { lowerCase, shape } = readPrompt(text);
  findPhrases(createPhraseIndex(phrases), { text: lowerCase, starts: shape.starts }, (phrase, at) =>
    found.push([phrases[phrase], at]),
  );
  return found;
};

describe('findPhrases', () => {
  it.each([
    ['a word', 'bug', 'there is a bug here', true],
    ['a word in other case', 'SQL', 'some Sql please', true],
    ['a word at the start', 'bug', 'bug report', true],
    ['a word at the end', 'bug', 'a bug', true],
    ['a word before punctuation', 'bug', 'a bug.', true],
    ['the start of a longer word', 'bug', 'a bugle', false],
    ['the end of a longer word', 'bug', 'debug it', false],
    ['a word joined by an underscore', 'bug', 'bug_id', false],
    ['a word joined by a digit', 'bug', 'bug2', false],
    ['a word inside an accented word', 'caf', 'café', false],
    ['a phrase', 'step by step', 'think step by step', true],
    ['a phrase over a line break', 'step by step', 'step  by\n step', true],
    ['a phrase with other words between', 'step by step', 'step one by step', false],
    ['a phrase with wide spaces in the pattern', '  step   by step ', 'step by step', true],
    ['a typographic apostrophe', "doesn't work", 'it doesn’t work', true],
    ['a pattern that ends in symbols', 'c++', 'a c++ program', true],
    ['a pattern that begins with a symbol', '.net', 'use asp.net core', true],
    ['a Chinese word without spaces', '翻译', '请翻译这句话', true],
    ['a Thai word without spaces', 'แปล', 'ช่วยแปลประโยคนี้', true],
    ['a Japanese phrase with a space of its own width', '東京 大阪', 'これは東京\u3000大阪です', true],
    ['an Arabic word', 'ترجمة', 'أريد ترجمة هذا', true],
    ['an Arabic word within another', 'رجم', 'أريد ترجمة هذا', false],
    ['a word between emoji', 'refund', '😀refund😀', false],
    ['a word after a lone surrogate', 'refund', '\ud800 refund', true],
    ['a word after a dotted capital I', 'refund', 'İİİ refund', true],
    ['a Korean word with a particle', '번역', '이것을 번역해 주세요', true],
    ['a Russian word', 'перевод', 'сделай перевод', true],
    ['a Russian word within another', 'вод', 'сделай перевод', false],
    ['an umlaut in other case', 'übersetze', 'ÜBERSETZE das', true],
  ])('%s: "%s" in "%s"', (_, phrase, text, expected) => {
    expect(find([phrase], text).length > 0).toBe(expected);
  });

  it('finds phrases that overlap or contain each other', () => {
    expect(find(['unit test', 'unit', 'test plan'], 'unit test plan')).toEqual([
      ['unit', 0],
      ['unit test', 0],
      ['test plan', 5],
    ]);
  });

  it('finds every occurrence', () => {
    expect(find(['a b'], 'a b a b').map(([, at]) => at)).toEqual([0, 4]);
  });

  it('finds no empty phrase', () => {
    expect(find(['', '  '], 'anything')).toEqual([]);
  });

  it('finds exactly the words of a text', () => {
    const word = fc.stringMatching(/^[a-z]{1,3}$/);
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 30 }),
        fc.uniqueArray(word, { maxLength: 10 }),
        (words, phrases) => {
          const expected = words.filter((candidate) => phrases.includes(candidate));
          expect(find(phrases, words.join(' ')).map(([phrase]) => phrase)).toEqual(expected);
        },
      ),
    );
  });
});
