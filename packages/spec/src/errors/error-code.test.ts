import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as spec from '../index.js';

const sources = readdirSync(new URL('.', import.meta.url)).filter((file) => file.endsWith('-error.ts'));
const codeOf = (file: string): string => file.replace(/-error\.ts$/, '');
const subclasses = sources.filter((file) => file !== 'signalbox-error.ts');
const toClassName = (code: string): string =>
  `${code.replace(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase())}Error`;

describe('the registry of error codes', () => {
  it('has exactly one class file for each code', () => {
    expect(subclasses.map(codeOf).sort()).toEqual(Object.keys(spec.ERROR_CODES).sort());
  });

  it.each(subclasses)('names the code of %s in its source, and the class is exported', (file) => {
    const source = readFileSync(new URL(file, import.meta.url), 'utf8');
    expect(source).toContain(`'${codeOf(file)}'`);
    expect(spec).toHaveProperty(toClassName(codeOf(file)));
  });

  it('is what the reference page lists', () => {
    const page = readFileSync(new URL('../../../../docs/reference/errors.md', import.meta.url), 'utf8');
    const [own = ''] = page.split('\n## ');
    const listed = [...own.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
    expect(listed.sort()).toEqual(Object.keys(spec.ERROR_CODES).sort());
  });
});
