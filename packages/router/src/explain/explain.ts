import type { Candidate, Decision } from '@signalbox/spec';
import { compareTerms } from './compare-terms.js';

/**
 * A decision in one plain sentence: what was chosen over what, by which differences of terms, and what was excluded.
 * "openai/gpt-5-mini over anthropic/claude-sonnet-5: cost +0.31, quality -0.12; 1 excluded (1 circuit-open)."
 */
export const explain = (decision: Decision): string => {
  const ranked = decision.candidates.filter(({ eligible }) => eligible);
  const excluded = countExclusions(decision.candidates);
  return `${describeChoice(decision, ranked)}${excluded}.`;
};

const describeChoice = (decision: Decision, ranked: readonly Candidate[]): string => {
  const chosen = ranked.find(({ target }) => target === decision.selected);
  const rival = ranked.find(({ target }) => target !== decision.selected);
  if (decision.override) return describeOverride(decision, chosen, rival);
  if (!chosen || !rival) return `${decision.selected} is the only candidate`;
  if (decision.explored) {
    return `${chosen.target} ${whyNotBest(decision)}, ${rival.target} ranks first: ${compareTerms(chosen, rival)}`;
  }
  return `${chosen.target} over ${rival.target}: ${compareTerms(chosen, rival)}`;
};

/** Why a candidate was chosen that does not rank first. */
const whyNotBest = ({ arm, sticky, selected, propensity }: Decision): string => {
  if (propensity === 1 && sticky?.held === selected) return `kept for its ${sticky.by}`;
  const chance = `with probability ${Number(propensity.toPrecision(3))}`;
  return arm === null ? `explored ${chance}` : `by the arm "${arm}" ${chance}`;
};

const describeOverride = (
  { selected, override }: Decision,
  chosen: Candidate | undefined,
  rival: Candidate | undefined,
): string => {
  const routed = override?.routed;
  if (routed === selected) return `${selected} as requested, the router's choice too`;
  if (!chosen || !rival || routed == null) return `${selected} as requested`;
  return `${selected} as requested, the router would have chosen ${routed}: ${compareTerms(chosen, rival)}`;
};

const countExclusions = (candidates: readonly Candidate[]): string => {
  const counts = new Map<string, number>();
  let total = 0;
  for (const { excluded } of candidates) {
    if (!excluded) continue;
    counts.set(excluded.reason, (counts.get(excluded.reason) ?? 0) + 1);
    total += 1;
  }
  if (total === 0) return '';
  return `; ${total} excluded (${[...counts].map(([reason, count]) => `${count} ${reason}`).join(', ')})`;
};
