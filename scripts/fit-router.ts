// Fits what the router learned from development data, and prints it: the weights of the complexity score, which
// packages/router/src/classify/complexity-weights.ts has, and the slope of the confidence, which
// packages/router/src/explain/confidence-calibration.ts has. Deterministic; it writes nothing and keeps no prompt.
// Needs a build, and RouteLLM's split in SIGNALBOX_DATA_DIR or ../shared/data. Run: node scripts/fit-router.ts
import { join } from 'node:path';
import { fitConfidence, tryDecisions } from '../packages/cli/dist/routing-quality/calibrate-confidence.js';
import { fitComplexity } from '../packages/cli/dist/routing-quality/fit-complexity.js';
import { toSamples } from '../packages/cli/dist/routing-quality/quality-sample.js';
import { readOutcomes } from '../packages/cli/dist/routing-quality/read-outcomes.js';

const data = process.env.SIGNALBOX_DATA_DIR ?? join(import.meta.dirname, '../../shared/data');
const outcomes = await readOutcomes(join(data, 'routellm/dev'));

console.log('COMPLEXITY_WEIGHTS', fitComplexity(toSamples(outcomes)));
console.log('CONFIDENCE_SLOPE', fitConfidence(tryDecisions(outcomes)));
