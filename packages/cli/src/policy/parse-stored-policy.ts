import { compilePolicy } from '@signalbox/router';
import type { Policy } from '@signalbox/spec';

/**
 * A recorded policy as it was. `null` when its content does not give the version that it is recorded under: it was
 * written by a Signalbox whose policies had other fields, so this one would decide by something else.
 */
export const parseStoredPolicy = ({
  version,
  document,
}: {
  version: string;
  document: string;
}): Policy | null => {
  const policy = JSON.parse(document) as Partial<Policy>;
  if (!Array.isArray(policy.targets)) return null;
  return compilePolicy(policy as Policy, policy.targets).version === version ? (policy as Policy) : null;
};
