import type { RecordedDecision } from '@signalbox/router';
import type { Candidate, ExclusionReason } from '@signalbox/spec';
import type { DecisionBlock, Dictionary, MaybeNumbers } from '@signalbox/store';

const textAt = ({ keys, indexes }: Dictionary, at: number): string => keys[indexes[at] ?? 0] ?? '';

const numberAt = ({ nulls, values }: MaybeNumbers, at: number): number | null =>
  nulls[at] === 1 ? null : (values[at] ?? null);

/** What was decided in a row of a block, as a replay must give it again. Only made for people: see `isSameDecision`. */
export const recordedDecision = (block: DecisionBlock, row: number): RecordedDecision => {
  const routed = textAt(block.overrideTarget, row);
  const shadows = textAt(block.shadows, row);
  return {
    strategy: textAt(block.strategy, row),
    route: textAt(block.route, row) || null,
    selected: textAt(block.selected, row),
    propensity: block.propensity[row] ?? 0,
    explored: block.explored[row] === 1,
    draw: numberAt(block.draw, row),
    arm: textAt(block.arm, row) || null,
    shadows: shadows === '' ? [] : shadows.split('\n'),
    confidence: block.confidence[row] ?? 0,
    override: routed === '' ? null : { routed },
    candidates: candidatesOf(block, row),
  };
};

type RecordedCandidate = Omit<Candidate, 'provider' | 'model'>;

const candidatesOf = (block: DecisionBlock, row: number): RecordedCandidate[] => {
  const { ends, termNames } = block.candidates;
  const first = row === 0 ? 0 : (ends[row - 1] ?? 0);
  let term = row === 0 ? 0 : (block.terms.ends[row - 1] ?? 0);
  return Array.from({ length: (ends[row] ?? 0) - first }, (_, at) => {
    const names = textAt(termNames, first + at);
    const terms: Record<string, number> = {};
    for (const name of names === '' ? [] : names.split('\n'))
      terms[name] = (block.terms.values[term++] ?? 0) / 1e3;
    return candidateAt(block, first + at, terms);
  });
};

const candidateAt = (
  { candidates }: DecisionBlock,
  at: number,
  terms: Record<string, number>,
): RecordedCandidate => {
  const [reason = '', detail = ''] = candidates.excluded[at]?.split('\n') ?? [];
  const eligible = candidates.eligible[at] === 1;
  return {
    target: textAt(candidates.target, at),
    eligible,
    excluded: reason === '' ? null : { reason: reason as ExclusionReason, detail },
    score: eligible ? Object.values(terms).reduce((sum, term) => sum + term, 0) : null,
    terms,
    probability: candidates.probability[at] ?? 0,
    signals: null,
    estimatedCostNanoUsd: numberAt(candidates.costNanoUsd, at),
    estimatedLatencyMs: numberAt(candidates.latencyMs, at),
  };
};
