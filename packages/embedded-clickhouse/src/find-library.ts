import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LibraryMissingError } from './errors/library-missing-error.js';
import { UnsupportedPlatformError } from './errors/unsupported-platform-error.js';

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64-gnu': '@chdb/lib-linux-x64-gnu',
  'linux-arm64-gnu': '@chdb/lib-linux-arm64-gnu',
  'darwin-x64': '@chdb/lib-darwin-x64',
  'darwin-arm64': '@chdb/lib-darwin-arm64',
};

/** The platforms with a ClickHouse library, as `platform-arch` with the C library on Linux. */
export const SUPPORTED_PLATFORMS: readonly string[] = Object.keys(PACKAGES);

/**
 * Returns the path of `libchdb.so` for `platform` (default: this machine). The packages export a Node add-on which is
 * not needed here; the library lies beside it. Throws `UnsupportedPlatformError` or `LibraryMissingError`.
 */
export function findLibrary(platform: string = currentPlatform()): string {
  const packageName = PACKAGES[platform];
  if (packageName === undefined) {
    throw new UnsupportedPlatformError({ platform, supported: SUPPORTED_PLATFORMS });
  }
  const library = join(dirname(resolvePackage(packageName)), 'libchdb.so');
  if (!existsSync(library)) throw new LibraryMissingError({ packageName });
  return library;
}

function resolvePackage(packageName: string): string {
  try {
    return createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  } catch (cause) {
    throw new LibraryMissingError({ packageName, cause });
  }
}

function currentPlatform(): string {
  const platform = `${process.platform}-${process.arch}`;
  return process.platform === 'linux' ? `${platform}-${hasGlibc() ? 'gnu' : 'musl'}` : platform;
}

/** Node reports the version of glibc where it runs on it, and nothing on musl. */
function hasGlibc(): boolean {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime !== undefined;
}
