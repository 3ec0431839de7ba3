import { existsSync } from 'node:fs';
import { type Policy, UnknownPolicyError } from '@signalbox/spec';
import { recordedVersions, type Store } from '@signalbox/store';
import { loadConfig } from '../config/load-config.js';
import { parseStoredPolicy } from './parse-stored-policy.js';
import { policyOfConfig } from './policy-of-config.js';

const VERSION = /^[0-9a-f]{4,16}$/;

/** The recorded policy whose version begins with these digits. Throws `UnknownPolicyError`. */
const findRecordedPolicy = async (store: Store, version: string): Promise<Policy> => {
  const found = await recordedVersions(store, version);
  const [only] = found;
  const policy = only && found.length === 1 ? parseStoredPolicy(only) : null;
  if (policy === null) throw new UnknownPolicyError({ version, matches: found.map((each) => each.version) });
  return policy;
};

/**
 * The policy that people mean by a word: a configuration file, or the version (or its first digits, at least 4) of a
 * recorded policy. `withStore` opens ClickHouse, and is called only for a version.
 */
export const findPolicy = async (
  name: string,
  withStore: <T>(use: (store: Store) => Promise<T>) => Promise<T>,
): Promise<Policy> =>
  VERSION.test(name) && !existsSync(name)
    ? withStore((store) => findRecordedPolicy(store, name))
    : policyOfConfig((await loadConfig(name)).config);
