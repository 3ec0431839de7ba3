import type { TaskType } from '@signalbox/spec';
import type { QualityPrior, VendorTier } from './catalogue-model.js';

// Places on a scale, not measurements: they only put the models of a vendor in the vendor's own order. The distance is
// such that a tier outweighs a tenfold cost when nothing but quality is asked for, and does not when cost counts as much.
const TIERS: Readonly<Record<VendorTier, QualityPrior>> = {
  top: { overall: 0.85, byTask: {}, source: 'placement: the most capable line of its vendor' },
  middle: { overall: 0.75, byTask: {}, source: 'placement: the balanced line of its vendor' },
  small: { overall: 0.6, byTask: {}, source: 'placement: the fast and cheap line of its vendor' },
};

/** Mean scores by task type as they were measured. */
export type MeasuredQuality = {
  byTask: Readonly<Partial<Record<TaskType, number>>>;
  source: string;
};

/**
 * The quality to expect of a model: what was measured, with the mean over its tasks for all others; else a place on the
 * scale by the vendor's tier; else `null`, because a guess would look like knowledge.
 */
export const qualityPrior = (
  measured: MeasuredQuality | undefined,
  tier: VendorTier | undefined,
): QualityPrior | null => {
  if (measured === undefined) return tier === undefined ? null : TIERS[tier];
  const scores = Object.values(measured.byTask);
  const overall = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return { overall: Math.round(overall * 100) / 100, ...measured };
};
