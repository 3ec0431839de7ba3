import { policyVersion } from '@signalbox/router';
import type { Policy } from '@signalbox/spec';

/**
 * A recorded policy as it was. `null` when its content does not give the version that it is recorded under: it was
 * written by a Signalbox whose policies had other fields, so this one would decide by something else. Strategies in code
 * that it names need not be registered to look at it.
 */
export const parseStoredPolicy = ({
  version,
  document,
}: {
  version: string;
  document: string;
}): Policy | null => {
  const policy = JSON.parse(document) as Policy;
  return policyVersion(policy) === version ? policy : null;
};
