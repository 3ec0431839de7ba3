import type { Candidate, Decision } from '@signalbox/spec';

/** A candidate as it is recorded: its target names the provider and the model. */
type RecordedCandidate = Omit<Candidate, 'provider' | 'model'>;

/** What of a recorded decision a replay must give again. */
export type RecordedDecision = Pick<
  Decision,
  'strategy' | 'route' | 'selected' | 'propensity' | 'explored' | 'draw' | 'arm' | 'shadows' | 'confidence'
> & {
  override: Pick<NonNullable<Decision['override']>, 'routed'> | null;
  candidates: readonly RecordedCandidate[];
};

/** The names of what differs between a recorded decision and its replay: `selected`, `candidates[2].terms`, ... Empty when all is the same. */
export const differences = (recorded: RecordedDecision, replayed: RecordedDecision): readonly string[] => {
  const found: string[] = [];
  for (const field of FIELDS) if (recorded[field] !== replayed[field]) found.push(field);
  if (recorded.override?.routed !== replayed.override?.routed) found.push('override');
  if (recorded.shadows.join() !== replayed.shadows.join()) found.push('shadows');
  if (recorded.candidates.length !== replayed.candidates.length) found.push('candidates');
  else {
    for (const [at, candidate] of recorded.candidates.entries()) {
      const difference = candidateDifference(candidate, replayed.candidates[at] as RecordedCandidate);
      if (difference) found.push(`candidates[${at}].${difference}`);
    }
  }
  return found;
};

const FIELDS = [
  'strategy',
  'route',
  'selected',
  'propensity',
  'explored',
  'draw',
  'arm',
  'confidence',
] as const satisfies readonly (keyof RecordedDecision)[];

const CANDIDATE_FIELDS = [
  'target',
  'eligible',
  'probability',
  'estimatedCostNanoUsd',
  'estimatedLatencyMs',
] as const satisfies readonly (keyof RecordedCandidate)[];

const candidateDifference = (a: RecordedCandidate, b: RecordedCandidate): string | null => {
  for (const field of CANDIDATE_FIELDS) if (a[field] !== b[field]) return field;
  if (a.excluded?.reason !== b.excluded?.reason || a.excluded?.detail !== b.excluded?.detail)
    return 'excluded';
  if (thousandths(a.score) !== thousandths(b.score)) return 'score';
  return sameTerms(a.terms, b.terms) ? null : 'terms';
};

/** Scores are recorded with three decimals; what is beyond is the noise of adding floats. */
const thousandths = (score: number | null): number | null =>
  score === null ? null : Math.round(score * 1e3);

const sameTerms = (a: Candidate['terms'], b: Candidate['terms']): boolean => {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
};
