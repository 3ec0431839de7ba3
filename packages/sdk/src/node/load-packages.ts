import { DependencyMissingError } from '@signalbox/spec';

type Loaders = Readonly<Record<string, () => Promise<unknown>>>;
type Loaded<L extends Loaders> = { [Name in keyof L]: Awaited<ReturnType<L[Name]>> };

/**
 * Imports optional packages, by name, and returns their modules under the same names.
 * @throws {DependencyMissingError} naming all that are not installed.
 */
export const loadPackages = async <L extends Loaders>(feature: string, loaders: L): Promise<Loaded<L>> => {
  const names = Object.keys(loaders);
  const results = await Promise.allSettled(Object.values(loaders).map((load) => load()));
  const missing: string[] = [];
  const loaded: Record<string, unknown> = {};
  for (const [index, result] of results.entries()) {
    const name = names[index] ?? '';
    if (result.status === 'fulfilled') loaded[name] = result.value;
    else if (isNotInstalled(result.reason, name)) missing.push(name);
    else throw result.reason;
  }
  if (missing.length > 0) throw new DependencyMissingError({ feature, packages: missing });
  return loaded as Loaded<L>;
};

/** True when it is `name` itself that was not found, rather than something that it needs in turn. */
const isNotInstalled = (error: unknown, name: string): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === 'ERR_MODULE_NOT_FOUND' &&
  error.message.includes(`'${name}'`);
