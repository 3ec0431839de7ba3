import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { findLibrary } from '@signalbox/embedded-clickhouse';
import type { Finding } from './check.js';

const OLDEST_NODE = [22, 15] as const;
const GIB = 1024 ** 3;
const LEAST_FREE_BYTES = 2 * GIB;

/** Is this Node new enough? */
export const checkNode = (): Finding => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const message = ok
    ? process.versions.node
    : `${process.versions.node} is too old; install ${OLDEST_NODE.join('.')} or newer`;
  return { name: 'node', status: ok ? 'ok' : 'fail', message };
};

/** Does the embedded ClickHouse run on this kind of machine? */
export const checkPlatform = (): Finding => {
  const name = 'platform';
  try {
    findLibrary();
    return {
      name,
      status: 'ok',
      message: `${process.platform}-${process.arch} runs the embedded ClickHouse`,
    };
  } catch (error) {
    return { name, status: 'warn', message: error instanceof Error ? error.message : String(error) };
  }
};

/** The path itself, or the nearest folder above it that exists: where it would be made. */
const nearestExisting = async (path: string): Promise<string> =>
  (await stat(path).then(
    () => true,
    () => false,
  ))
    ? path
    : nearestExisting(dirname(path));

/** Can the data directory be written, or made, and is there room? Makes nothing. */
export const checkDirectory = async (directory: string): Promise<Finding> => {
  const name = 'data directory';
  const path = resolve(directory);
  try {
    const existing = await nearestExisting(path);
    if (!(await stat(existing)).isDirectory()) throw new Error(`${existing} is a file`);
    await access(existing, constants.W_OK);
    const { bavail, bsize } = await statfs(existing);
    const free = `${path}, ${((bavail * bsize) / GIB).toFixed(1)} GiB free`;
    return bavail * bsize < LEAST_FREE_BYTES
      ? { name, status: 'warn', message: `${free}: less than 2 GiB` }
      : { name, status: 'ok', message: free };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      name,
      status: 'fail',
      message: `${path} cannot be written: ${reason}. Choose another with --directory`,
    };
  }
};
