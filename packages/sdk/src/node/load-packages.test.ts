import { describe, expect, it } from 'vitest';
import { loadPackages } from './load-packages.js';

const importing = (name: string) => () => import(/* @vite-ignore */ name);

describe('loadPackages', () => {
  it('returns the modules by name', async () => {
    const loaded = await loadPackages('feature', { 'node:path': () => import('node:path') });
    expect(loaded['node:path'].sep).toBeTypeOf('string');
  });

  it('names every package that is not installed, and how to install them', async () => {
    const absent = ['@signalbox/absent-one', '@signalbox/absent-two'];
    const loaders = Object.fromEntries(['node:path', ...absent].map((name) => [name, importing(name)]));
    await expect(loadPackages('setupTelemetry()', loaders)).rejects.toMatchObject({
      code: 'dependency-missing',
      packages: absent,
      message: `setupTelemetry() needs packages that are not installed: ${absent.join(', ')}. Run \`npm install ${absent.join(' ')}\`.`,
    });
  });

  it('passes on any other failure', async () => {
    const loaders = { broken: () => Promise.reject(new SyntaxError('unexpected token')) };
    await expect(loadPackages('feature', loaders)).rejects.toThrow(SyntaxError);
  });
});
