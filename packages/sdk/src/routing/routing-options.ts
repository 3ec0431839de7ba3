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
  /** A built-in strategy or one of the policy's. Default: the matched route's, then the policy's. */
  strategy?: StrategyName | (string & {}) | undefined;
  /** Weights of `balanced`, 0 to 1; what is unset comes from the policy. */
  preferences?: Partial<Preferences> | undefined;
  /** Ceilings for this request, beside those of the policy. */
  limits?:
    | {
        /** USD that it may be expected to cost. */
        costUsd?: number | undefined;
        /** USD that it may cost when the answer is as long as it may become. */
        worstCostUsd?: number | undefined;
        /** USD that a million tokens may cost, at the expected mix of prompt and answer. */
        costPer1MTokensUsd?: number | undefined;
        /** Milliseconds that it may be expected to take. */
        latencyMs?: number | undefined;
      }
    | undefined;
  /** Tags of places such as `eu`: the target must process in one of them. Default: anywhere. */
  residency?: readonly string[] | undefined;
  /** For routes that match on metadata. */
  metadata?: Readonly<Record<string, string>> | undefined;
};
