// The router: which target should answer this request, and why. Pure: no clock, no I/O, chance is handed in.
// Start with decide.ts. Its steps are the folders, in the order in which a request passes them:
// classify → candidates → strategies → choose → explain.

export { COMPLEXITY_MODEL_VERSION } from './classify/complexity-weights.js';
export { estimateTokens } from './classify/estimate-tokens.js';
export { complexityLevel, scoreComplexity } from './classify/score-complexity.js';
export { compilePolicy, type PolicyContent } from './compile-policy.js';
export { costNanoUsd } from './cost-nano-usd.js';
export { createRequest, type RequestInput } from './create-request.js';
export { decide } from './decide.js';
export { explain } from './explain/explain.js';
