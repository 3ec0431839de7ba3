import { addCost } from './add-cost.js';
import { addPreference } from './add-preference.js';
import { addReliability } from './add-reliability.js';
import type { Strategy, TermBuilder } from './strategy.js';

/** The cheapest target that works. */
export const costOptimal: Strategy = {
  name: 'cost-optimal',
  terms(facts, { route }) {
    const terms: TermBuilder = {};
    addCost(terms, 1, facts.estimatedCostNanoUsd);
    addReliability(terms, facts.signals);
    addPreference(terms, facts.target.id, route);
    return terms;
  },
};
