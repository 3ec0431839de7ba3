import { expect, it } from 'vitest';
import { createRequestKeys } from './request-key.js';

const request = (fields: object = {}) => ({
  provider: 'openai',
  body: Buffer.from('hello'),
  givenKey: undefined,
  retryCount: undefined,
  ...fields,
});

it('gives a request its own key again, however often it comes', () => {
  const keys = createRequestKeys();
  expect(keys.next(request({ givenKey: 'a' }))).toBe(keys.next(request({ givenKey: 'a' })));
});

it('counts equal bodies, so that each has a key of its own', () => {
  const keys = createRequestKeys();
  const given = [1, 2, 3].map(() => keys.next(request()));
  expect(new Set(given).size).toBe(3);
});

it('counts each body and provider apart, whatever the order', () => {
  const inOrder = createRequestKeys();
  const shuffled = createRequestKeys();
  const hello = request();
  const other = request({ body: Buffer.from('other') });
  const azure = request({ provider: 'azure' });
  const first = [hello, hello, other, azure].map((each) => inOrder.next(each));
  const second = [azure, other, hello, hello].map((each) => shuffled.next(each));
  expect(second.toSorted()).toEqual(first.toSorted());
  expect(first[3]).toBe(first[0]);
});

it('gives a retry of the openai client another key', () => {
  const keys = createRequestKeys();
  const first = keys.next(request({ givenKey: 'a', retryCount: '0' }));
  const retry = keys.next(request({ givenKey: 'a', retryCount: '1' }));
  expect(retry).not.toBe(first);
});

it('forgets the body that it has not seen for longest', () => {
  const keys = createRequestKeys();
  const first = keys.next(request());
  for (let index = 0; index < 65_536; index++) keys.next(request({ body: Buffer.from(`body ${index}`) }));
  expect(keys.next(request())).toBe(first);
});
