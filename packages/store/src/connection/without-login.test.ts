import { expect, it } from 'vitest';
import { withoutLogin } from './without-login.js';

it.each([
  ['http://someone:secret@127.0.0.1:8123', 'http://127.0.0.1:8123'],
  ['https://clickhouse.example/proxy?password=secret', 'https://clickhouse.example/proxy'],
  ['http://127.0.0.1:8123/', 'http://127.0.0.1:8123'],
])('shows %s as %s', (url, shown) => {
  expect(withoutLogin(url)).toBe(shown);
});
