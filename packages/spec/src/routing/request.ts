import type { Limits } from './policy.js';
import type { Preferences } from './strategy.js';
import type { Capability } from './target.js';

/** What the router sees of a call. Pure data; the messages themselves stay with the caller. */
export type RoutingRequest = {
  /** The text to classify: the messages joined by newlines. Never leaves the process. */
  prompt: string;
  tenant: string;
  userId: string | null;
  conversationId: string | null;
  /** Where the call comes from, for example a service or feature name. */
  source: string | null;
  /** A concrete target id (or an unambiguous model name) asked for by the caller: a manual override. */
  model: string | null;
  /** A built-in strategy or one of the policy's. */
  strategy: string | null;
  preferences: Preferences | null;
  limits: Limits;
  needs: readonly Capability[];
  /** Tags of places, such as `eu`: a target must process in one of them. Empty does not constrain. */
  residency: readonly string[];
  /** Tokens of the answer that the caller asked for at most. */
  maxOutputTokens: number | null;
  metadata: Readonly<Record<string, string>>;
};
