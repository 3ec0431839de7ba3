import type { Policy } from '@signalbox/spec';
import { type DecisionRecord, inputOf } from '../replay/replay.js';
import type { Flip } from './flip.js';
import { flipSignals } from './flip-signals.js';
import { flipWeights } from './flip-weights.js';
import { createScene } from './scene.js';

/**
 * What would have had to be different for another candidate to rank first: for each weight and each measured signal the
 * nearest value at which that happens, if there is one. Everything else stays as it was. Computed from the record when
 * asked for, because it takes about a thousand times as long as deciding. Throws what `decide` throws.
 */
export const findFlips = (record: DecisionRecord, policy: Policy): readonly Flip[] => {
  const scene = createScene(inputOf(record, policy), policy);
  return [...flipWeights(scene), ...flipSignals(scene)];
};
