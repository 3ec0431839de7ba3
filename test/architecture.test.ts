import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

it.each(['ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/decisions/README.md'])(
  'every path that %s names exists',
  async (page) => {
    const text = await readFile(join(root, page), 'utf8');
    const named = [...text.matchAll(/`((?:packages|collector|scripts|test|docs)\/[^\s`*]+)`/g)].map(
      ([, path = '']) => path,
    );
    const folder = join(root, page, '..');
    const linked = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) => path);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(linked.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
  },
);
