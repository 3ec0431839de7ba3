import { access, readFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withCatalogue } from '@signalbox/catalogue';
import {
  ConfigUnreadableError,
  parseConfig,
  type ResolvedConfig,
  type SignalboxConfig,
} from '@signalbox/spec';
import { parse as parseYaml } from 'yaml';
import { withEnvironment } from './with-environment.js';
import { withPriceFilePath } from './with-price-file-path.js';

const NAMES = ['ts', 'js', 'yaml', 'yml', 'json'].map((extension) => `signalbox.config.${extension}`);

/** A configuration with the file it came from; `file` is `null` for the defaults. */
export type LoadedConfig = { config: ResolvedConfig; input: SignalboxConfig; file: string | null };

/** The first `signalbox.config.*` in a folder, or `null`. */
const findConfigFile = async (folder: string): Promise<string | null> => {
  for (const name of NAMES) {
    const file = join(folder, name);
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  return null;
};

const importDefault = async (file: string): Promise<unknown> => {
  // A module that is not there and a module that imports what is not there fail alike: tell them apart first.
  await access(file);
  const module: { default?: unknown } = await import(pathToFileURL(file).href);
  if (module.default === undefined)
    throw new Error('it has no default export; write `export default defineConfig({ ... })`');
  return module.default;
};

const read = async (file: string): Promise<unknown> => {
  switch (extname(file)) {
    case '.ts':
    case '.js':
      return importDefault(file);
    case '.yaml':
    case '.yml':
      return parseYaml(await readFile(file, 'utf8'));
    case '.json':
      return JSON.parse(await readFile(file, 'utf8'));
    default:
      throw new Error(`it must end in one of ${NAMES.map((name) => extname(name)).join(', ')}`);
  }
};

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file.';
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION')
    return 'Node 22.18 or newer is needed for a TypeScript configuration.';
  return error instanceof Error ? error.message : String(error);
};

/**
 * Reads and checks the configuration: `file` where given, otherwise `signalbox.config.{ts,js,yaml,json}` of the current
 * folder, otherwise all defaults. Environment variables override the ClickHouse login (see `withEnvironment`); what targets
 * do not say of their models comes from the catalogue.
 * Throws `ConfigUnreadableError` or `ConfigInvalidError`.
 */
export const loadConfig = async (file?: string): Promise<LoadedConfig> => {
  const found = file === undefined ? await findConfigFile(process.cwd()) : resolve(file);
  if (found === null) return fromInput({}, null, 'The environment');
  const input = await read(found).catch((cause: unknown) => {
    throw new ConfigUnreadableError({ file: found, reason: reasonOf(cause), cause });
  });
  return fromInput(input, found, found);
};

const fromInput = (input: unknown, file: string | null, source: string): LoadedConfig => {
  const merged = withCatalogue(withPriceFilePath(withEnvironment(input, process.env), file));
  const config = parseConfig(merged, source);
  return { config, input: merged as SignalboxConfig, file };
};
