import type { Candidate, Terms } from '@signalbox/spec';
import { toThousandths } from '../to-thousandths.js';

const UNKNOWN_SUFFIX = '-unknown';
const SMALLEST_SHOWN = 0.005;

/**
 * How the terms of two candidates differ, the greatest difference first: "cost +0.31, quality -0.12 (unknown for
 * local/llama)". Differences below 0.005 are left out.
 */
export const compareTerms = (chosen: Candidate, rival: Candidate): string => {
  const names = new Set([...Object.keys(chosen.terms), ...Object.keys(rival.terms)].map(baseName));
  const differences = [...names]
    .map((name) => ({ name, difference: termOf(chosen.terms, name) - termOf(rival.terms, name) }))
    .filter(({ difference }) => Math.abs(difference) >= SMALLEST_SHOWN)
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference))
    .map(({ name, difference }) => `${name} ${signed(difference)}${unknownNote(name, [chosen, rival])}`);
  if (differences.length > 0) return differences.join(', ');
  return roundedScore(chosen) === roundedScore(rival)
    ? `equal scores, ${tieBreak(chosen, rival)}`
    : 'nearly equal scores';
};

const roundedScore = ({ score }: Candidate): number => toThousandths(score ?? 0);

/** What puts one of two equals first, as in the ranking. */
const tieBreak = (chosen: Candidate, rival: Candidate): string => {
  if (chosen.estimatedCostNanoUsd !== rival.estimatedCostNanoUsd) return 'the lower known cost';
  if (chosen.estimatedLatencyMs !== rival.estimatedLatencyMs) return 'the lower known latency';
  return 'first in the policy';
};

const baseName = (name: string): string =>
  name.endsWith(UNKNOWN_SUFFIX) ? name.slice(0, -UNKNOWN_SUFFIX.length) : name;

const termOf = (terms: Terms, name: string): number => terms[name] ?? terms[name + UNKNOWN_SUFFIX] ?? 0;

const signed = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(2)}`;

const unknownNote = (name: string, candidates: readonly Candidate[]): string => {
  const unknown = candidates.filter(({ terms }) => name + UNKNOWN_SUFFIX in terms);
  return unknown.length === 0 ? '' : ` (unknown for ${unknown.map(({ target }) => target).join(' and ')})`;
};
