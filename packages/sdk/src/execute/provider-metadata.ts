import type { JSONObject, SharedV4ProviderMetadata } from '@ai-sdk/provider';
import type { RequestOutcome } from '@signalbox/spec';

/**
 * The provider's metadata with the decision under `signalbox`: `decisionId`, `target` (who answered), `attempts`,
 * `costNanoUsd` (`null` when unknown).
 */
export const withDecision = (
  metadata: SharedV4ProviderMetadata | undefined,
  decisionId: string,
  { served, attempts, costNanoUsd }: RequestOutcome,
): SharedV4ProviderMetadata => {
  const signalbox: JSONObject = { decisionId, target: served, attempts, costNanoUsd };
  return { ...metadata, signalbox };
};
