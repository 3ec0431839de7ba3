import type { Candidate, Decision } from '@signalbox/spec';
import type { CandidateColumns, DecisionBlock, Dictionary, MaybeNumbers } from '@signalbox/store';

type SameDecision = (row: number, decision: Decision) => boolean;

/**
 * Tells whether a decision is the one of a row, field by field, straight from the columns: making an object of each row only to
 * compare it would take as long as deciding again. `differences` of the router then says what differs.
 */
export const isSameDecision = (block: DecisionBlock): SameDecision => {
  const { candidates } = block;
  const sameTerms = sameTermsOf(block);
  return (row, decision) => {
    if (!isSameChoice(block, row, decision)) return false;
    const first = row === 0 ? 0 : (candidates.ends[row - 1] ?? 0);
    if ((candidates.ends[row] ?? 0) - first !== decision.candidates.length) return false;
    let term = row === 0 ? 0 : (block.terms.ends[row - 1] ?? 0);
    for (let at = 0; at < decision.candidates.length; at += 1) {
      const terms = sameTerms({ at: first + at, term }, decision.candidates[at] as Candidate);
      if (terms < 0) return false;
      term += terms;
    }
    return true;
  };
};

const isSameChoice = (block: DecisionBlock, row: number, decision: Decision): boolean =>
  isText(block.strategy, row, decision.strategy) &&
  isText(block.selected, row, decision.selected) &&
  isText(block.route, row, decision.route ?? '') &&
  isText(block.arm, row, decision.arm ?? '') &&
  isText(block.overrideTarget, row, decision.override?.routed ?? '') &&
  isText(block.shadows, row, decision.shadows.join('\n')) &&
  block.propensity[row] === decision.propensity &&
  block.confidence[row] === decision.confidence &&
  (block.explored[row] === 1) === decision.explored &&
  isSameNumber(block.draw, row, decision.draw);

const isText = ({ keys, indexes }: Dictionary, at: number, text: string): boolean =>
  keys[indexes[at] ?? 0] === text;

type CandidateAt = { at: number; term: number };

/** Tells by how many terms a candidate is the recorded one; -1 when it is another. */
const sameTermsOf = ({
  candidates,
  terms,
}: DecisionBlock): ((where: CandidateAt, candidate: Candidate) => number) => {
  const { termNames } = candidates;
  const names = termNames.keys.map((key) => (key === '' ? [] : key.split('\n')));
  return ({ at, term }, candidate) => {
    if (!isSameCandidate(candidates, at, candidate)) return -1;
    const recorded = names[termNames.indexes[at] ?? 0] ?? [];
    let count = 0;
    for (const name in candidate.terms) {
      const value = Math.round((candidate.terms[name] ?? 0) * 1e3);
      if (recorded[count] !== name || terms.values[term + count] !== value) return -1;
      count += 1;
    }
    return count === recorded.length ? count : -1;
  };
};

const isSameCandidate = (columns: CandidateColumns, at: number, candidate: Candidate): boolean =>
  isText(columns.target, at, candidate.target) &&
  (columns.eligible[at] === 1) === candidate.eligible &&
  columns.probability[at] === candidate.probability &&
  isSameNumber(columns.costNanoUsd, at, candidate.estimatedCostNanoUsd) &&
  isSameNumber(columns.latencyMs, at, candidate.estimatedLatencyMs) &&
  columns.excluded[at] ===
    (candidate.excluded === null ? '' : `${candidate.excluded.reason}\n${candidate.excluded.detail}`);

const isSameNumber = ({ nulls, values }: MaybeNumbers, at: number, value: number | null): boolean =>
  value === null ? nulls[at] === 1 : nulls[at] === 0 && values[at] === value;
