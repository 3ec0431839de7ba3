/** Prompts by falling score: their positions, those of equal score together. */
export type Ranking = readonly (readonly number[])[];

/** What the strong model gains over the weak one on each prompt: 1, 0 or -1. */
export type Gains = readonly number[];

type Step = { prompts: number; gain: number };

/** Ranks prompts by their scores. */
export const rankByScore = (scores: readonly number[]): Ranking => {
  const order = scores.map((score, position) => ({ score, position })).sort((a, b) => b.score - a.score);
  const groups: number[][] = [];
  let last: number | null = null;
  for (const { score, position } of order) {
    if (score === last) groups.at(-1)?.push(position);
    else groups.push([position]);
    last = score;
  }
  return groups;
};

const stepsOf = (ranking: Ranking, gains: Gains, counts: ArrayLike<number> | null): Step[] =>
  ranking.map((group) => {
    let [prompts, gain] = [0, 0];
    for (const position of group) {
      const count = counts === null ? 1 : (counts[position] ?? 0);
      prompts += count;
      gain += count * (gains[position] ?? 0);
    }
    return { prompts, gain };
  });

const total = (steps: readonly Step[]): Step =>
  steps.reduce((sum, step) => ({ prompts: sum.prompts + step.prompts, gain: sum.gain + step.gain }), {
    prompts: 0,
    gain: 0,
  });

/**
 * RouteLLM's APGR: the area, for x from 0 to 1, under the share of the performance gap that is recovered when the x of
 * the prompts that rank first go to the strong model. 0.5 at random. Within a group of equal scores the order is random.
 * `counts` says how often each prompt is taken, for a bootstrap.
 */
export const apgr = (ranking: Ranking, gains: Gains, counts: ArrayLike<number> | null = null): number => {
  const steps = stepsOf(ranking, gains, counts);
  const all = total(steps);
  let [before, area] = [0, 0];
  for (const { prompts, gain } of steps) {
    area += gain * (1 - (before + prompts / 2) / all.prompts);
    before += prompts;
  }
  return area / all.gain;
};

/** RouteLLM's CPT: the least share of prompts to send to the strong model that recovers `share` of the gap. */
export const cpt = (ranking: Ranking, gains: Gains, share: number): number => {
  const steps = stepsOf(ranking, gains, null);
  const all = total(steps);
  const wanted = share * all.gain;
  let [prompts, recovered] = [0, 0];
  for (const step of steps) {
    if (recovered + step.gain >= wanted) {
      return (prompts + (step.prompts * (wanted - recovered)) / step.gain) / all.prompts;
    }
    prompts += step.prompts;
    recovered += step.gain;
  }
  return 1;
};
