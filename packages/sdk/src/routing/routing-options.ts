import type { Preferences, StrategyName } from '@signalbox/spec';

/** Who asks and what the router may do, the same for every shape of use. Everything is optional. */
export type RoutingOptions = {
  /** Default: `tenant` of the configuration. */
  tenant?: string | undefined;
  userId?: string | undefined;
  conversationId?: string | undefined;
  /** Where the call comes from, for example a service or feature name. */
  source?: string | undefined;
  /** A target id, or a model name that only one target has: overrides the router, which is recorded. */
  model?: string | undefined;
  /** Default: the matched route's, then the policy's. */
  strategy?: StrategyName | undefined;
  /** Weights of `balanced`, 0 to 1; what is unset comes from the policy. */
  preferences?: Partial<Preferences> | undefined;
  /** Ceilings for this request, beside those of the policy: expected cost in USD, expected time in milliseconds. */
  limits?: { costUsd?: number | undefined; latencyMs?: number | undefined } | undefined;
  /** For routes that match on metadata. */
  metadata?: Readonly<Record<string, string>> | undefined;
};
