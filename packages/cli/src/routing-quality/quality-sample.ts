import { type ComplexityFeatures, complexityFeatures } from '@signalbox/router';
import { bySet, type Outcome, type Outcomes, type QualitySet } from './read-outcomes.js';

/** An outcome as the fit sees it: no word of the prompt, only its features. */
export type QualitySample = { features: ComplexityFeatures; characters: number; gain: number };

/** The samples of each benchmark. */
export type QualitySamples = Readonly<Record<QualitySet, readonly QualitySample[]>>;

const toSample = ({ prompt, weak, strong }: Outcome): QualitySample => ({
  features: complexityFeatures(prompt),
  characters: prompt.length,
  gain: strong - weak,
});

/** Outcomes as samples. */
export const toSamples = (outcomes: Outcomes): QualitySamples => bySet((set) => outcomes[set].map(toSample));
