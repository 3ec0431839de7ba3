import type { Target } from '@signalbox/spec';
import type { CatalogueModel } from './catalogue-model.js';
import { findModel } from './find-model.js';

/** A target whose model its provider advises against, or has switched off. */
export type RetiringTarget = {
  /** Id of the target. */
  target: string;
  retiresOn: string | null;
  /** For people: what happens, and when. */
  message: string;
};

const describe = ({ id, retiresOn }: CatalogueModel, today: string): string => {
  if (retiresOn === null) return `${id} is deprecated by its provider, without a date that is known here.`;
  return retiresOn <= today
    ? `${id} was switched off on ${retiresOn}: calls fail.`
    : `${id} is deprecated by its provider and will be switched off on ${retiresOn}.`;
};

/** The targets that should be replaced, in their order. `at` decides what is past. */
export const findRetiring = (targets: readonly Target[], at: Date): RetiringTarget[] => {
  const today = at.toISOString().slice(0, 10);
  return targets.flatMap((target) => {
    const model = findModel(target);
    if (model === null || !model.deprecated) return [];
    return [{ target: target.id, retiresOn: model.retiresOn, message: describe(model, today) }];
  });
};
