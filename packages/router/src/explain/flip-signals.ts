import type { Target, TargetSignals } from '@signalbox/spec';
import type { Flip, FlipSignal } from './flip.js';
import { nearestFlip } from './nearest-flip.js';
import { firstWith, type Scene } from './scene.js';

/** Where a signal is looked for a flip: between what it is and `better` or `worse`, in steps of its resolution. */
type Range = { stepsPerUnit: number; better: number; worse: number };

const RANGES: Readonly<Record<FlipSignal, Range>> = {
  firstChunkMs: { stepsPerUnit: 1, better: 0, worse: 600_000 },
  tokensPerSecond: { stepsPerUnit: 10, better: 10_000, worse: 0.1 },
  successRate: { stepsPerUnit: 1000, better: 1, worse: 0 },
};

const NOT_MEASURED: TargetSignals = {
  firstChunkMs: null,
  tokensPerSecond: null,
  successRate: null,
  circuit: 'closed',
};

/** What a strategy takes where no success rate was measured. */
const UNKNOWN_SUCCESS_RATE = 0.95;

/**
 * For each measured signal the nearest flip, as a share of what the signal is: the best candidate being worse than it
 * is, or another better. Where nothing was measured the change is from the prior of the target.
 */
export const flipSignals = (scene: Scene): readonly Flip[] =>
  (Object.keys(RANGES) as FlipSignal[]).flatMap((name) => nearest(scene, name) ?? []);

const nearest = (scene: Scene, name: FlipSignal): Flip | null => {
  const eligible = new Set(scene.ranking.map(({ target }) => target));
  const flips = scene.targets
    .filter(({ id }) => eligible.has(id))
    .flatMap((target) => flipSignal(scene, target, name) ?? []);
  return flips.reduce<Flip | null>(
    (best, flip) => (best && distance(best) <= distance(flip) ? best : flip),
    null,
  );
};

const distance = ({ from, to }: Flip): number => Math.abs(to - from) / Math.max(Math.abs(from), 1e-9);

const flipSignal = (scene: Scene, target: Target, name: FlipSignal): Flip | null => {
  const signals = scene.signalsOf(target.id) ?? NOT_MEASURED;
  const from = signals[name] ?? priorOf(target, name);
  if (from === null) return null;
  const { stepsPerUnit, better, worse } = RANGES[name];
  const best = scene.ranking[0].target;
  const winnerAt = (step: number): string | null => {
    const first = firstWith(scene, target, { ...signals, [name]: step / stepsPerUnit });
    return first === best ? null : first;
  };
  const start = Math.round(from * stepsPerUnit);
  const end = Math.round((target.id === best ? worse : better) * stepsPerUnit);
  const flip = nearestFlip(start, end, winnerAt);
  return (
    flip && {
      kind: 'signal',
      name,
      target: target.id,
      from,
      to: flip.step / stepsPerUnit,
      winner: flip.winner,
    }
  );
};

const priorOf = ({ latency }: Target, name: FlipSignal): number | null =>
  name === 'successRate' ? UNKNOWN_SUCCESS_RATE : (latency?.[name] ?? null);
