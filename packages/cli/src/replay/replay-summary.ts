/** A recorded decision that did not come out again, and what of it differs. */
type Mismatch = { decisionId: string; differences: readonly string[] };

/** A sum over the decisions where both sides are known, and how many are left out because one is not. */
export type BeforeAfter = { before: number; after: number; decisions: number; unknown: number };

/** What a replay found. Plain data, so that workers can send theirs; `mergeSummaries` adds them up. */
export type ReplaySummary = {
  /** Rows that were read. */
  decisions: number;
  /** Rows that were decided again. */
  replayed: number;
  /** Rows that were decided again by the policy that they were recorded with: they must come out again. */
  verified: number;
  /** Verified rows that came out otherwise. */
  mismatches: number;
  /** Some of them. */
  examples: Mismatch[];
  /** Rows in which no candidate was left, so that there is no decision to replay. */
  undecided: number;
  /** Rows with attributes that could not be read. They are not replayed: they would not be what was decided. */
  malformed: number;
  /** Rows whose policy is not recorded, by version. They are not replayed. */
  unknownPolicies: Record<string, number>;
  /** Rows for which the policy has no answer, by the code of the error. */
  unanswered: Record<string, number>;
  /** Rows that go to another target now. */
  moved: number;
  /** The same by where from and where to: `from -> to`. */
  moves: Record<string, number>;
  /** Replayed rows by the target that was, and is, chosen. */
  targets: Record<string, { before: number; after: number }>;
  /** Expected cost of the chosen target, nano-USD. */
  costNanoUsd: BeforeAfter;
  /** Expected duration of the chosen target, ms. */
  latencyMs: BeforeAfter;
  /** Expected quality of the chosen target, 0 to 1, by the numbers of the policy that decides again. */
  quality: BeforeAfter;
};

/** How many mismatches are told. */
export const MAX_EXAMPLES = 10;

const nothing = (): BeforeAfter => ({ before: 0, after: 0, decisions: 0, unknown: 0 });

/** A summary of nothing. */
export const emptySummary = (): ReplaySummary => ({
  decisions: 0,
  replayed: 0,
  verified: 0,
  mismatches: 0,
  examples: [],
  undecided: 0,
  malformed: 0,
  unknownPolicies: {},
  unanswered: {},
  moved: 0,
  moves: {},
  targets: {},
  costNanoUsd: nothing(),
  latencyMs: nothing(),
  quality: nothing(),
});

/** Adds what another part of the history gave. */
export const mergeSummaries = (sum: ReplaySummary, part: ReplaySummary): void => {
  for (const name of COUNTS) sum[name] += part[name];
  for (const name of COUNTS_BY_NAME) {
    for (const [key, count] of Object.entries(part[name])) countUp(sum[name], key, count);
  }
  for (const [target, { before, after }] of Object.entries(part.targets)) {
    const shares = targetOf(sum, target);
    shares.before += before;
    shares.after += after;
  }
  for (const name of SUMS) {
    sum[name].before += part[name].before;
    sum[name].after += part[name].after;
    sum[name].decisions += part[name].decisions;
    sum[name].unknown += part[name].unknown;
  }
  sum.examples.push(...part.examples.slice(0, MAX_EXAMPLES - sum.examples.length));
};

const COUNTS = [
  'decisions',
  'replayed',
  'verified',
  'mismatches',
  'undecided',
  'malformed',
  'moved',
] as const satisfies readonly (keyof ReplaySummary)[];
const COUNTS_BY_NAME = ['unknownPolicies', 'unanswered', 'moves'] as const;
const SUMS = ['costNanoUsd', 'latencyMs', 'quality'] as const;

/** Adds to the count of a name. */
export const countUp = (counts: Record<string, number>, name: string, by = 1): void => {
  counts[name] = (counts[name] ?? 0) + by;
};

/** The two counts of a target. */
export const targetOf = ({ targets }: ReplaySummary, target: string): { before: number; after: number } => {
  const known = targets[target];
  if (known) return known;
  const fresh = { before: 0, after: 0 };
  targets[target] = fresh;
  return fresh;
};

/** Adds a decision to a sum, if both sides are known. */
export const addBoth = (sum: BeforeAfter, before: number | null, after: number | null): void => {
  if (before === null || after === null) sum.unknown += 1;
  else {
    sum.before += before;
    sum.after += after;
    sum.decisions += 1;
  }
};
