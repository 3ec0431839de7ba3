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
  ['Write a haiku about autumn', 'creative'],
  ['Schreib mir ein Gedicht', 'creative'],
])('calls %j %s', (prompt, type) => {
  expect(detect(prompt)).toBe(type);
});

it.each([
  ['before', `Summarize the following text.\n${ARTICLE}`, 'summarization'],
  ['after', `${ARTICLE}\nTranslate the text above into German.`, 'translation'],
])('reads the instruction %s the material, not the material', (_, prompt, type) => {
  expect(detect(prompt)).toBe(type);
});
