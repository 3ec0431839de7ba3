import type { ResolvedConfig } from '@signalbox/spec';
import { type PolicyRecording, recordPolicy, type Store } from '@signalbox/store';
import { currentUser } from '../config/current-user.js';
import { policyOfConfig } from './policy-of-config.js';

/** Writes the policy of a configuration to `policies`, unless it is there; `null` for a configuration without targets. */
export const recordConfiguredPolicy = async (
  store: Store,
  config: ResolvedConfig,
): Promise<PolicyRecording | null> =>
  config.targets.length === 0 ? null : recordPolicy(store, policyOfConfig(config), currentUser());
