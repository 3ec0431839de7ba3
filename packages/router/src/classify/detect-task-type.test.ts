import { expect, it } from 'vitest';
import { readPrompt } from './read-prompt.js';

const detect = (prompt: string) => readPrompt(prompt).type;

const ARTICLE = 'The function has a bug, the code crashes with an error. '.repeat(60);

it.each([
  ['Hello', 'chat'],
  ['', 'chat'],
  ['What is the capital of France?', 'chat'],
  ['Why is the sky blue?', 'chat'],
  ['I started an art class', 'chat'],
  ['Can we meet on 2026-05-04 or at 10-12?', 'chat'],
  ['Write a function that reverses a string', 'coding'],
  ['Implement quicksort in Python', 'coding'],
  ['Is this idiomatic? ```ts\nconst a = 1;\n```', 'coding'],
  ['Why do I get this traceback?', 'debugging'],
  ['This crashes with an error', 'debugging'],
  ['Why does my python code throw KeyError?', 'debugging'],
  ['Fix this, it fails: ```js\nfoo()\n```', 'debugging'],
  ['If all cats are mammals, must some mammals be cats? Think step by step', 'reasoning'],
  ['Solve this riddle for me', 'reasoning'],
  ['What is 15 * 23?', 'math'],
  ['Solve the equation 3x + 7 = 22', 'math'],
  ['How many apples are left in total?', 'math'],
  ['Compare PostgreSQL and MySQL', 'analysis'],
  ['Analyze the trends in this dataset', 'analysis'],
  ['Summarize this text', 'summarization'],
  ['TL;DR of the meeting please', 'summarization'],
  ['Translate "good morning" into French', 'translation'],
  ['请把这段话翻译成英文', 'translation'],
  ['請把這句話翻譯成英文', 'translation'],
  ['Write a haiku about autumn', 'creative'],
  ['Schreib mir ein Gedicht', 'creative'],
  ['Anna has 3 boxes of 12 eggs. How many eggs does she have?', 'math'],
  ['How many people live in Rome?', 'chat'],
  ['How many of the 3 tests fail? ```js\nif (a > 2) b(4)\n```', 'coding'],
  ['Reviens avec 4 pommes et 5 poires : combien de fruits ?', 'math'],
  ['Resuma este texto, por favor', 'summarization'],
  ['Проанализируй этот отчёт', 'analysis'],
  ['実装した関数をテストする関数を作って', 'coding'],
  ['لخص هذا النص', 'summarization'],
  ['इस वाक्य का अनुवाद करो', 'translation'],
  ['ช่วยแปลประโยคนี้เป็นภาษาอังกฤษ', 'translation'],
  ['이 문장을 번역해 주세요', 'translation'],
  ['Escribe una función que ordene una lista', 'coding'],
  ['证明根号二是无理数', 'reasoning'],
])('calls %j %s', (prompt, type) => {
  expect(detect(prompt)).toBe(type);
});

it.each([
  ['before', `Summarize the following text.\n${ARTICLE}`, 'summarization'],
  ['after', `${ARTICLE}\nTranslate the text above into German.`, 'translation'],
])('reads the instruction %s the material, not the material', (_, prompt, type) => {
  expect(detect(prompt)).toBe(type);
});
