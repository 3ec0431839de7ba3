import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as semconv from './index.js';

const constants = Object.entries<unknown>(semconv).flatMap(([constant, name]): [string, string][] =>
  /^(ATTR|METRIC|EVENT)_/.test(constant) && typeof name === 'string' ? [[constant, name]] : [],
);

it.each(['ATTR', 'METRIC', 'EVENT'])('gives no %s name twice', (kind) => {
  const names = constants.filter(([constant]) => constant.startsWith(kind)).map(([, name]) => name);
  expect(new Set(names).size).toBe(names.length);
});

it.each(constants)('%s is spelled as its value', (constant, name) => {
  expect(constant.replace(/^(ATTR|METRIC|EVENT)_/, '').toLowerCase()).toBe(name.replaceAll('.', '_'));
});

it('is what the reference page lists', () => {
  const page = readFileSync(new URL('../../../../docs/reference/telemetry.md', import.meta.url), 'utf8');
  const listed = new Set([...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name));
  expect([...listed].sort()).toEqual([...new Set(constants.map(([, name]) => name))].sort());
});
