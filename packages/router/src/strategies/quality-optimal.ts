import { addPreference } from './add-preference.js';
import { addQuality } from './add-quality.js';
import { addReliability } from './add-reliability.js';
import type { Strategy, TermBuilder } from './strategy.js';

/** The target with the best expected quality, whatever it costs within the limits. */
export const qualityOptimal: Strategy = {
  name: 'quality-optimal',
  terms(facts, { route }) {
    const terms: TermBuilder = {};
    addQuality(terms, 1, facts.target.quality);
    addReliability(terms, facts.signals);
    addPreference(terms, facts.target.id, route);
    return terms;
  },
};
