/** What became of the requests of one model. `requests` is the sum of the others and `inFlight`. */
export type ModelStats = {
  requests: number;
  /** Answered in full. */
  succeeded: number;
  /** Answered with an error, by status. */
  failed: Record<string, number>;
  /** Destroyed by a `cut-stream` fault. */
  cut: number;
  /** Left by the client before the answer was complete. */
  abandoned: number;
  inFlight: number;
  /** Prompt tokens of the succeeded requests. */
  tokensInput: number;
  /** Completion tokens of the succeeded requests. */
  tokensOutput: number;
};

/** The counts of a simulator since its creation. */
export type SimulatorStats = {
  total: ModelStats;
  models: Record<string, ModelStats>;
  /** Chat requests refused before a model was found, by status: unreadable, unauthorised, unknown model. */
  rejected: Record<string, number>;
};

/** How a request ended. */
export type RequestOutcome =
  | { kind: 'succeeded'; tokensInput: number; tokensOutput: number }
  | { kind: 'failed'; status: number }
  | { kind: 'cut' }
  | { kind: 'abandoned' };

/** Counts requests. */
export type StatsRecorder = {
  inFlight(): number;
  /** Counts the start of a request. The returned function counts its end and is called exactly once. */
  begin(model: string): (outcome: RequestOutcome) => void;
  /** Counts a request that reached no model. */
  reject(status: number): void;
  snapshot(): SimulatorStats;
};

/** Where unknown models are allowed their names are the caller's: past this many they share the name `(other)`. */
const MAX_MODELS = 1_000;

/** Creates a recorder at zero. */
export function createStatsRecorder(): StatsRecorder {
  const total = emptyStats();
  const models = new Map<string, ModelStats>();
  const rejected: Record<string, number> = {};
  return {
    inFlight: () => total.inFlight,
    begin(model) {
      const counted = [total, statsOf(models, model)];
      for (const stats of counted) countStart(stats);
      return (outcome) => {
        for (const stats of counted) countEnd(stats, outcome);
      };
    },
    reject(status) {
      rejected[status] = (rejected[status] ?? 0) + 1;
    },
    snapshot: () => structuredClone({ total, models: Object.fromEntries(models), rejected }),
  };
}

function statsOf(models: Map<string, ModelStats>, model: string): ModelStats {
  const name = models.has(model) || models.size < MAX_MODELS ? model : '(other)';
  const known = models.get(name);
  if (known) return known;
  const stats = emptyStats();
  models.set(name, stats);
  return stats;
}

function emptyStats(): ModelStats {
  return {
    requests: 0,
    succeeded: 0,
    failed: {},
    cut: 0,
    abandoned: 0,
    inFlight: 0,
    tokensInput: 0,
    tokensOutput: 0,
  };
}

function countStart(stats: ModelStats): void {
  stats.requests++;
  stats.inFlight++;
}

function countEnd(stats: ModelStats, outcome: RequestOutcome): void {
  stats.inFlight--;
  if (outcome.kind === 'succeeded') {
    stats.succeeded++;
    stats.tokensInput += outcome.tokensInput;
    stats.tokensOutput += outcome.tokensOutput;
  } else if (outcome.kind === 'failed') {
    stats.failed[outcome.status] = (stats.failed[outcome.status] ?? 0) + 1;
  } else {
    stats[outcome.kind]++;
  }
}
