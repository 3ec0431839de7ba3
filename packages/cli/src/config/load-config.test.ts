import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { loadConfig } from './load-config.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-config-'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const write = async (name: string, text: string): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
};

describe('loadConfig', () => {
  it.each([
    ['signalbox.config.json', '{ "tenant": "acme" }'],
    ['signalbox.config.yaml', 'tenant: acme'],
    ['signalbox.config.js', 'export default { tenant: "acme" };'],
    ['signalbox.config.ts', 'const tenant: string = "acme"; export default { tenant };'],
  ])('reads %s', async (name, text) => {
    const file = await write(name, text);
    const { config, file: found } = await loadConfig(file);
    expect(found).toBe(file);
    expect(config.tenant).toBe('acme');
  });

  it("finds @signalbox/spec from this repository's root", async () => {
    const cache = fileURLToPath(new URL('../../../../node_modules/.cache/', import.meta.url));
    await mkdir(cache, { recursive: true });
    const below = await mkdtemp(join(cache, 'config-'));
    onTestFinished(() => rm(below, { recursive: true }));
    const file = join(below, 'signalbox.config.js');
    await writeFile(
      file,
      "import { defineConfig } from '@signalbox/spec';\nexport default defineConfig({ tenant: 'acme' });",
    );
    expect((await loadConfig(file)).config.tenant).toBe('acme');
  });

  it.each([
    ['a missing JSON file', 'gone.json', null, 'there is no such file'],
    ['a missing JavaScript file', 'gone.js', null, 'there is no such file'],
    ['a missing TypeScript file', 'gone.ts', null, 'there is no such file'],
    ['a module that imports a missing one', 'imports.js', 'import "./gone.js";', 'Cannot find module'],
    ['broken JSON', 'broken.json', '{ "tenant": ', 'JSON'],
    ['broken YAML', 'broken.yaml', 'tenant: [', 'Flow sequence'],
    ['a module without default export', 'empty.js', 'export const tenant = 1;', 'no default export'],
    ['a module that throws', 'throws.js', 'throw new Error("out of cheese");', 'out of cheese'],
    ['another kind of file', 'config.toml', 'tenant = "a"', 'must end in one of'],
  ])('says what is wrong with %s', async (_what, name, text, reason) => {
    const file = text === null ? join(folder, name) : await write(name, text);
    const error = await loadConfig(file).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'config-unreadable', file });
    expect((error as Error).message).toContain(reason);
  });

  it('names the file and the path of a bad field', async () => {
    const file = await write('bad.yaml', 'policy:\n  strategy: fastest\n');
    await expect(loadConfig(file)).rejects.toThrow(
      /bad\.yaml has a bad field:\n {2}policy\.strategy: .*balanced,/,
    );
  });

  it('takes the path of a price file from the folder of the configuration', async () => {
    const file = await write('prices.config.yaml', 'prices:\n  file: lists/prices.yaml\n');
    const { config, input } = await loadConfig(file);
    expect(config.prices.file).toBe(join(folder, 'lists/prices.yaml'));
    expect(input.prices?.file).toBe(config.prices.file);
  });

  it('lays the environment over the ClickHouse login', async () => {
    vi.stubEnv('SIGNALBOX_CLICKHOUSE_PASSWORD', 'from-env');
    const file = await write('login.yaml', 'clickhouse:\n  username: ada\n  password: from-file\n');
    const { config } = await loadConfig(file);
    expect(config.clickhouse).toMatchObject({ username: 'ada', password: 'from-env' });
  });
});
