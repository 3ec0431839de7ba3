import { addLatency } from './add-latency.js';
import { addPreference } from './add-preference.js';
import { addReliability } from './add-reliability.js';
import type { Strategy, TermBuilder } from './strategy.js';

/** The target whose whole answer is there first. */
export const performanceOptimal: Strategy = {
  name: 'performance-optimal',
  terms(facts, { route }) {
    const terms: TermBuilder = {};
    addLatency(terms, 1, facts.estimatedLatencyMs);
    addReliability(terms, facts.signals);
    addPreference(terms, facts.target.id, route);
    return terms;
  },
};
