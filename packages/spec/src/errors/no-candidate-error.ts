import type { Candidate } from '../routing/decision.js';
import { SignalboxError } from './signalbox-error.js';

const REMEDY: Record<string, string> = {
  'over-budget': 'raise the budget',
  'over-request-limit': 'raise the limits',
  'context-too-long': 'shorten the prompt or add a target with a larger context',
  'missing-capability': 'add a target that has the capability',
  'circuit-open': 'wait until the provider recovers',
  unhealthy: 'wait until the provider recovers',
  'rate-limited': 'wait or raise the rate limit',
  'not-allowed': 'let the policy allow it, or add a target in the places asked for',
  policy: 'relax the matched route',
};

/** Every target was excluded. The message lists each exclusion with its numbers, then what would help. */
export class NoCandidateError extends SignalboxError {
  readonly candidates: readonly Candidate[];

  constructor({ candidates }: { candidates: readonly Candidate[] }) {
    super('no-candidate', describe(candidates));
    this.candidates = candidates;
  }
}

const describe = (candidates: readonly Candidate[]): string => {
  if (candidates.length === 0) return 'No candidate left: the policy has no targets. Add one to `targets`.';
  const exclusions = candidates.flatMap(({ target, excluded }) =>
    excluded ? [{ target, ...excluded }] : [],
  );
  const list = exclusions.map(({ target, reason, detail }) => `${target} ${reason} (${detail})`);
  const remedies = new Set(exclusions.map(({ reason }) => REMEDY[reason]));
  return `No candidate left: ${exclusions.length} excluded: ${list.join('; ')}. To change it, ${[...remedies].join(', or ')}.`;
};
