import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findLibrary } from './find-library.js';
import { EmbeddedClickHouseError, LibraryMissingError, UnsupportedPlatformError } from './index.js';

it('finds the library of this machine', () => {
  expect(existsSync(findLibrary())).toBe(true);
});

it.each(['win32-x64', 'linux-x64-musl', 'linux-riscv64-gnu'])(
  'refuses %s and names what is supported',
  (platform) => {
    expect(() => findLibrary(platform)).toThrow(UnsupportedPlatformError);
    expect(() => findLibrary(platform)).toThrow(
      `does not run on ${platform}; it runs on linux-x64-gnu, linux-arm64-gnu, darwin-x64, darwin-arm64.`,
    );
  },
);

it('names the package to install when a supported platform has no library', () => {
  // npm installs only the package of the machine itself.
  const other = process.platform === 'darwin' ? 'linux-x64-gnu' : 'darwin-arm64';
  expect(() => findLibrary(other)).toThrow(LibraryMissingError);
  expect(() => findLibrary(other)).toThrow(`@chdb/lib-${other} with the ClickHouse library is not installed`);
});

it('recognises its errors by a mark and by their code', () => {
  const error = new UnsupportedPlatformError({ platform: 'a', supported: ['b'] });
  expect(EmbeddedClickHouseError.isInstance(error)).toBe(true);
  expect(EmbeddedClickHouseError.isInstance(error, 'embedded-clickhouse-unsupported-platform')).toBe(true);
  expect(EmbeddedClickHouseError.isInstance(error, 'embedded-clickhouse-port-taken')).toBe(false);
  expect(EmbeddedClickHouseError.isInstance(new Error('a'))).toBe(false);
});
