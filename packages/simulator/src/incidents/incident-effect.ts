import type { Fault } from './fault.js';

/** What the faults of one request do to it together. */
export type IncidentEffect = {
  /** Refused at once with this status; null when it is not refused. */
  refusal: { status: 503 } | { status: 429; retryAfterSeconds: number } | null;
  /** Accepted and never answered. */
  hangs: boolean;
  /** The connection is destroyed after so many tokens; null leaves it alone. */
  cutAfterTokens: number | null;
  /** How many times as long everything takes. */
  latencyFactor: number;
};

/**
 * Returns the joint effect: an outage comes before a rate limit, either before a hang, a hang before a cut;
 * the longest `retryAfterSeconds` and the earliest cut win; latency factors multiply.
 */
export function combineFaults(faults: readonly Fault[]): IncidentEffect {
  const effect: IncidentEffect = { refusal: null, hangs: false, cutAfterTokens: null, latencyFactor: 1 };
  for (const fault of faults) applyFault(effect, fault);
  return effect;
}

function applyFault(effect: IncidentEffect, fault: Fault): void {
  switch (fault.kind) {
    case 'outage':
      effect.refusal = { status: 503 };
      return;
    case 'rate-limit':
      effect.refusal = strongerRefusal(effect.refusal, fault.retryAfterSeconds);
      return;
    case 'latency':
      effect.latencyFactor *= fault.factor;
      return;
    case 'cut-stream':
      effect.cutAfterTokens = Math.min(effect.cutAfterTokens ?? Number.POSITIVE_INFINITY, fault.afterTokens);
      return;
    case 'hang':
      effect.hangs = true;
  }
}

function strongerRefusal(
  refusal: IncidentEffect['refusal'],
  retryAfterSeconds: number,
): IncidentEffect['refusal'] {
  if (refusal?.status === 503) return refusal;
  return { status: 429, retryAfterSeconds: Math.max(refusal?.retryAfterSeconds ?? 0, retryAfterSeconds) };
}
