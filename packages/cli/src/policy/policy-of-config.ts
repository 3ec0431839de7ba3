import { openPriceBook, priceTargets } from '@signalbox/prices';
import { compilePolicy } from '@signalbox/router';
import type { Policy, ResolvedConfig } from '@signalbox/spec';

/**
 * The policy that a configuration decides by: its targets with the prices of now. A service with the same configuration
 * and the same packages has the same version.
 */
export const policyOfConfig = (config: ResolvedConfig): Policy =>
  compilePolicy(config.policy, priceTargets(config.targets, openPriceBook(config), new Date()));
